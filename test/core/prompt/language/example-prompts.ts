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

/** English that borrows: food, art, places, holidays, names of films and games, and slips of the keyboard. */
export const borrowingPrompts = split(`
  el niño | el nino storm damage | la la land poster | un general assembly | un general assembly in New York |
  affiche of a french circus | a belle époque affiche | cartel boss in a white suit | a drug cartel meeting |
  due diligence meeting | rent is due | due south, a road movie poster | porto at dusk | porto wine bottle |
  Puerto de la Cruz beach | Puerto Rico beach | cirque du soleil acrobat | chez Panisse kitchen | quinceañera dress |
  the man in la mancha | muay thai fighter | film noir detective | crème brûlée close up |
  art nouveau dragonfly brooch | haute couture runway | joie de vivre | raison d'être | déjà vu spiral | jamais vu |
  piece de resistance | mise en scene with robots | trompe l'oeil mural | papier-mâché fox | pain au chocolat |
  a café au lait | bon appétit sign | risotto ai funghi porcini | gnocchi al pesto | spaghetti alle vongole |
  prosciutto e melone | gnocchi mozzarella portobello | tagliatelle pappardelle fettuccine |
  linguine stracciatella tiramisu | caprese bruschetta crostini | focaccia ciabatta panettone |
  vespa piaggio lambretta | bella ciao mural | dolce far niente | la dolce vita | la dolce vita jazz festival |
  al fresco dinner | chiaroscuro sfumato impasto | mezzo forte crescendo | allegro ma non troppo |
  cappuccino macchiato ristretto latte | pizza margherita e birra | la casa de papel mask | la casa de papel festival
  | pan de muerto | churros con chocolate | huevos rancheros | pico de gallo | carne asada taco | mariachi band |
  sombrero y poncho | vaquero in a cantina | tierra y libertad flag | patatas bravas tapas | pan con tomate |
  chile con queso | quesadilla enchilada tortilla | guacamole y salsa | flamenco dancer in sevilla |
  smorgasbord with lingonberries | hygge living room | fika with kanelbullar | lagom scandi kitchen |
  köttbullar in gravy | sauna by a finnish lake | sisu spirit bear | karelian karjalanpiirakka on a plate |
  moomin valley | kalevala vainamoinen with kantele | nokia ringtone | helsinki tampere turku |
  suomenlinna fortress at dusk | weltschmerz, wanderlust and kindergarten | doppelganger in the mirror |
  schadenfreude cat | dirndl und lederhosen | gemütlich cabin | kaffee und kuchen | uber driver | über cool sunglasses
  | zeitgeist poster | sturm und drang painting | blitzkrieg bop | bauhaus poster grid | jugendstil door |
  apfelstrudel | bossa nova night | caipirinha on ipanema | azulejo tiles lisbon | pão de açúcar cable car |
  brigadeiro truffles | feijoada stew | joga bonito mural | cristo redentor fog | baby hippo |
  vid thumbnail with neon arrows | hasta la vista baby | santa claus on a vespa | van life sunset | de niro portrait |
  da vinci sketch of a drone | el capitan yosemite | los angeles skyline | las vegas neon | san francisco fog |
  des moines skyline | le mans race car | la jolla cove | du jour menu board | en plein air easel | en garde fencers |
  hygge | a fox and a hound | dos and don'ts poster | pros und cons | sushi omakase | tom yum goong | pho bo bowl |
  banh mi sandwich | ramen ichiraku | pad kra pao | nasi goreng | gado gado | masala dosa idli | chai walla |
  biryani raita naan | shakshuka hummus falafel | baklava kunafa | börek ayran simit | raki meze table |
  pierogi z miesem | kielbasa and pierogi | goulash paprikash | langos with cheese | sarmale mamaliga |
  stroopwafel poffertjes | gouda and edam | bitterballen | minecraft creeper ende dragon | pikachu charizard bulbasaur
  | naruto sasuke sakura | kylo ren rey finn | daenerys drogon viserion | geralt yennefer ciri | zelda ganondorf |
  eevee umbreon sylveon | goku vegeta piccolo | hermione ron hagrid | katniss peeta rue | tintin et milou |
  asterix obelix dogmatix | pippi longstocking | moana maui heihei | teh qick brwn fox | a comfy chiar by teh fyre |
  sunrize ovr mountins | beutiful mermade undr watr | astronot riden a hors | gurl wif kat | robo playin ches |
  jazz festivl postr | quite harbr at dwan | lite hous on clif | purpel elefant dansing | magick forrest wif mushrums
  | grafitti wal | steampnk airshp | vaporwav sunset grd | kubernetes helm istio diagram | nginx postgres rabbitmq |
  figma wireframe ux | saas landing page hero | ios app icon glassmorphism | skeuomorphic knobs | b2b saas kpi okr |
  seo serp mockup | gpu tpu npu | qr code koi | nft ape | hdr raytraced volumetric | dof bokeh 35mm |
  octane unreal vray | f1 pit stop | nba dunk | uk tour bus | Pablo Picasso style bull | Frida Kahlo con mono |
  Gaudí lizard | Miyazaki style valley | Hokusai wave | Klimt kiss | Mucha lady | Toulouse-Lautrec cabaret |
  Caravaggio card players | Botticelli venus | Leonardo vitruvian man | Dalí clocks | Basquiat crown |
  Ansel Adams moon | Wes Anderson hotel | Tarkovsky stalker | Almodóvar kitchen | Fellini clown | bar mitzvah |
  hanukkah menorah | diwali diya | holi colors | eid mubarak lantern | ramadan crescent | oktoberfest pretzel |
  mardi gras mask | carnevale di venezia mask | día de muertos altar | noche vieja grapes | cinco de mayo |
  midsommar flower crown | sankta lucia procession | juhannus bonfire`);

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
  ein gelbes Taxi im Regen | en lugn hamn i gryningen | en räv sover under månen | plakat na festiwal jazzowy | um táxi amarelo na chuva | un piano rouge au milieu du désert | un puerto tranquilo al amanecer |
  공원에 있는 소녀 | فتاة تحمل بالونا أحمر`);

/** Festivals, robots, harbors and pianos, which half of Europe writes nearly alike. */
export const sharedNounPrompts: Readonly<Record<string, string>> = {
  fr: `affiche pour un festival de jazz | deux robots jouent aux échecs | un port tranquille à l'aube |
    un renard dort sous la lune | affiche de cinéma rétro avec un taxi jaune |
    trois enfants dansent dans la rue | une tasse de café fumante sur une table en bois |
    un hôtel abandonné entre les dunes`,
  es: `cartel para un festival de jazz | dos robots juegan al ajedrez | una guitarra y un piano en el desierto |
    un hotel abandonado entre las dunas | una taza de café humeante sobre la mesa |
    tres niños bailan en la calle | un taxi amarillo bajo la lluvia`,
  it: `un porto tranquillo all'alba | due robot giocano a scacchi | un gattino dorme sul divano |
    una tazza di caffè fumante | tre bambini ballano nella strada | la luce dell'alba sulle colline |
    un taxi giallo sotto la pioggia`,
  sv: `två robotar spelar schack | affisch för en jazzfestival | tre barn dansar på gatan |
    ett gult piano mellan träden`,
  fi: `rauhallinen satama aamunkoitteessa | kaksi robottia pelaa shakkia | kolme lasta tanssii kadulla |
    kettu nukkuu kuun alla | keltainen taksi sateessa`,
  de: `ein ruhiger Hafen im Morgengrauen | zwei Roboter spielen Schach | Plakat für ein Jazzfestival |
    ein Fuchs liest die Zeitung`,
  pt: `cartaz para um festival de jazz | dois robôs jogam xadrez | um porto tranquilo ao amanhecer`,
  nl: `poster voor een jazzfestival | twee robots spelen schaak | een rustige haven bij dageraad`,
  pl: `dwa roboty grają w szachy | spokojny port o świcie`,
  tr: `iki robot satranç oynuyor | şafakta sakin bir liman`,
  hu: `két robot sakkozik a parkban`,
};
