export const split = (prompts: string): string[] => prompts.trim().split(/\s*\|\s*/u);

/** Short prompts, brands, places, borrowed words, titles, typing mistakes: all English, and nearly all with words that no English dictionary has. */
export const englishPrompts = split(`
  a red fox | a red fox in the snow | Tokyo skyline at night | latte art | jalapeño pepper |
  a Dachshund in lederhosen | die hard | happy birthday Søren | beatiful gril wth flowrs in hre hair |
  futuristc citty at nigth | cute lil doggo w floofy ears | El Niño storm clouds | Łódź Gdańsk Toruń |
  Día de los Muertos skull | fleur de lis tattoo | tikka masala | Rio de Janeiro carnival |
  gandalf legolas aragorn gimli | vincent van gogh rembrandt vermeer | lofi hiphop girl, synthwave |
  masterpiece, bokeh, 8k uhd, dslr | devops kanban kawaii poster | LGTM | text saying "bonjour le monde" on a mug |
  the word 愛 in neon | renard | 1234 !!! 🎉 | la mer moisturizer ad | Moët et Chandon bottle |
  Universidad de Salamanca library | Plaza de España, Seville | Playa del Carmen sunset | Ile de la Cité aerial view |
  Aix-en-Provence market | Unter den Linden in the rain | Hồ Chí Minh city scooters | Santa Maria del Fiore dome |
  tenebrism, alla prima oil sketch | kintsugi bowl, wabi-sabi | a frend of mine wiht a gitar |
  gaint rbot destryoing a ctiy | mountan lak sunst | kitens in a bascket plz | cofee shp logo minmal |
  drgon figthing a knite | ppl dancin in da club | das ist gut mug | que sera sera | mi casa es su casa doormat |
  ramen tonkotsu shoyu | pasteis de nata on a plate | moules frites in Brussels | arroz con pollo |
  bœuf à la mode on a table | bratwurst mit sauerkraut | kimchi jjigae | frodo sauron mordor |
  targaryen lannister sigil | pgvector redis kafka diagram | ci/cd pipeline as a river |
  El Greco style view of Toledo | Die Brücke woodcut | Don Quijote de la Mancha | Il Duomo in Firenze |
  Sinterklaas and zwarte piet | Notre-Dame de Paris gargoyle | Pont du Gard aqueduct | Isla de Pascua moai |
  Tierra del Fuego penguins | Sigiriya rock, sri lanka | San Juan de los Lagos | a femme fatale in red |
  dia de muertos ofrenda | vintge postr of a trian | sunst ovr teh oceon | cyberpnk samuri wth katan |
  cosy readng nuk | gonna need a bigger boat | kpi dashboad mockup | elsa olaf anna`);

/** One image after another in the languages that write most prompts. */
export const foreignPrompts = split(`
  una niña con un globo rojo en el parque | una biblioteca antigua llena de libros |
  vista aérea de un volcán en erupción | zapatos deportivos sobre fondo blanco | un zorro leyendo el periódico |
  ein Mädchen mit einem roten Luftballon | eine alte Bibliothek voller Bücher | Luftbild eines ausbrechenden Vulkans |
  Turnschuhe auf weißem Hintergrund | une fille avec un ballon rouge dans le parc |
  une bibliothèque ancienne pleine de livres | vue aérienne d'un volcan |
  una ragazza con un palloncino rosso nel parco | una biblioteca antica piena di libri |
  una volpe che legge il giornale | veduta aerea di un vulcano | uma menina com um balão vermelho no parque |
  uma biblioteca antiga cheia de livros | uma raposa lendo jornal | vista aérea de um vulcão |
  een meisje met een rode ballon in het park | een oude bibliotheek vol boeken | een vos leest de krant |
  dziewczyna z czerwonym balonem w parku | stara biblioteka pełna książek | lis czyta gazetę |
  dívka s červeným balónkem v parku | en flicka med en röd ballong i parken | ett gammalt bibliotek fullt av böcker |
  en pige med en rød ballon i parken | en jente med en rød ballong i parken | tyttö ja punainen ilmapallo puistossa |
  parkta kırmızı balonlu bir kız | eski bir kütüphane | gadis dengan balon merah di taman | cô gái với quả bóng đỏ |
  o fată cu un balon roșu în parc | egy lány piros lufival a parkban | девочка с красным шаром | 公園にいる女の子 | 公园里的女孩 |
  공원에 있는 소녀 | فتاة تحمل بالونا أحمر`);
