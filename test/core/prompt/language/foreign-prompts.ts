/** One image after another in the languages that write most prompts. */
export const foreignPrompts = `
una niña con un globo rojo en el parque
una biblioteca antigua llena de libros
vista aérea de un volcán en erupción
zapatos deportivos sobre fondo blanco
un zorro leyendo el periódico
ein Mädchen mit einem roten Luftballon
eine alte Bibliothek voller Bücher
Luftbild eines ausbrechenden Vulkans
Turnschuhe auf weißem Hintergrund
une fille avec un ballon rouge dans le parc
une bibliothèque ancienne pleine de livres
vue aérienne d'un volcan
una ragazza con un palloncino rosso nel parco
una biblioteca antica piena di libri
una volpe che legge il giornale
veduta aerea di un vulcano
uma menina com um balão vermelho no parque
uma biblioteca antiga cheia de livros
uma raposa lendo jornal
vista aérea de um vulcão
een meisje met een rode ballon in het park
een oude bibliotheek vol boeken
een vos leest de krant
dziewczyna z czerwonym balonem w parku
stara biblioteka pełna książek
lis czyta gazetę
dívka s červeným balónkem v parku
en flicka med en röd ballong i parken
ett gammalt bibliotek fullt av böcker
en pige med en rød ballon i parken
en jente med en rød ballong i parken
tyttö ja punainen ilmapallo puistossa
parkta kırmızı balonlu bir kız
eski bir kütüphane
gadis dengan balon merah di taman
cô gái với quả bóng đỏ
o fată cu un balon roșu în parc
egy lány piros lufival a parkban
девочка с красным шаром
公園にいる女の子
公园里的女孩
공원에 있는 소녀
فتاة تحمل بالونا أحمر
`
  .trim()
  .split('\n');
