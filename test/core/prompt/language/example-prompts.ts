export const split = (prompts: string): string[] => prompts.trim().split(/\s*\|\s*/u);

/** Short prompts, brands, places, borrowed words, titles, typing mistakes: all English. */
export const englishPrompts = split(`
  a red fox | a red fox in the snow | Tokyo skyline at night | cappuccino | latte art | bauhaus poster | kawaii cat |
  art deco hotel, Miami | minimal logo, teal | pasta carbonara | Nutella jar | Taj Mahal | São Paulo at dusk |
  café in Montréal | piñata | jalapeño pepper | a Dachshund in lederhosen | cyberpunk samurai | vaporwave | die hard |
  happy birthday Søren | doberman portrait, oil | a rad fox jumpin over a lazzy dog |
  beatiful gril wth flowrs in hre hair | futuristc citty at nigth | wierd purple elefant |
  cute lil doggo w floofy ears | El Niño storm clouds | la la land poster | Łódź Gdańsk Toruń | las vegas neon sign |
  los angeles street, noir | Día de los Muertos skull | crème brûlée on a marble table | fleur de lis tattoo |
  de facto leader portrait | trompe l'oeil mural | hors d'oeuvres platter | wabi sabi teapot | bánh mì sandwich |
  capybara in onsen | tikka masala | chichen itza | Rio de Janeiro carnival | Casa Batllo facade | Der Spiegel cover |
  Jean-Luc Picard | gandalf legolas aragorn gimli | vincent van gogh rembrandt vermeer | lofi hiphop girl, synthwave |
  masterpiece, bokeh, 8k uhd, dslr | devops kanban kawaii poster | kubectl apply | Q3 OKRs | LGTM |
  text saying "bonjour le monde" on a mug | a sign that reads “hasta la vista” | the word 愛 in neon | renard |
  1234 !!! 🎉 | a corgi wearing a top hat in Edinburgh | product photo of a Nespresso machine |
  Audi e-tron on the Autobahn | Bosch dishwasher repair manual | Ferrero Rocher pyramid | la mer moisturizer ad |
  L'Oréal lipstick swatches | Yves Saint Laurent catwalk | Le Corbusier villa model | Moët et Chandon bottle |
  Häagen-Dazs ice cream tub | Dos Equis beer ad | el pollo loco drive thru | San Pellegrino bottle on a terrace |
  Bang & Olufsen speaker | Fjällräven backpack on a rock | Universidad de Salamanca library | Plaza de España, Seville |
  Sagrada Familia at golden hour | Playa del Carmen sunset | Costa del Sol travel poster | Ile de la Cité aerial view |
  Aix-en-Provence market | Baden-Baden spa | Unter den Linden in the rain | Den Haag tram | 's-Hertogenbosch cathedral |
  Kraków main square | Gdańsk shipyard cranes | Český Krumlov from above | İstanbul bosphorus ferry |
  Hồ Chí Minh city scooters | Reykjavík street art | Tromsø northern lights | Malmö turning torso |
  Villa de Leyva cobblestones | Santa Maria del Fiore dome | Palazzo della Signoria statue | mise en place for a chef |
  a tableau vivant of nuns | plein air landscape | grisaille portrait of a duke | cinquecento fresco |
  art brut collage | horror vacui doodle | tenebrism, alla prima oil sketch | contre-jour silhouette |
  ligne claire comic | objet d'art on a plinth | papier-mâché elephant | cloisonné vase | kintsugi bowl, wabi-sabi |
  sumi-e bamboo | shibori fabric swatches | azulejo tiles | churrigueresque altar | mudejar ceiling | batik sarong |
  ikat cushions | rangoli pattern | a frend of mine wiht a gitar | spoooky hallowen hose |
  gaint rbot destryoing a ctiy | mountan lak sunst | kitens in a bascket plz | cofee shp logo minmal |
  drgon figthing a knite | ppl dancin in da club | da vinci code cover | an exmaple of a grpah |
  la chica from the office party | das ist gut mug | que sera sera | mi casa es su casa doormat |
  voulez vous dance floor | gangnam style dance | hakuna matata | ramen tonkotsu shoyu | empanadas and chimichurri |
  pasteis de nata on a plate | moules frites in Brussels | bouillabaisse with rouille | tarte tatin with ice cream |
  tagliatelle alla bolognese | tiramisu al limone | arroz con pollo | bœuf à la mode on a table | pierogi ruskie |
  sachertorte with schlag | bratwurst mit sauerkraut | kimchi jjigae | ratatouille the rat chef | frodo sauron mordor |
  targaryen lannister sigil | zelda link hyrule | cthulhu r'lyeh tentacles | pgvector redis kafka diagram |
  ci/cd pipeline as a river | npm install meme | SOC2 GDPR HIPAA | hodl doge to da moon | selfie w my bestie |
  yeet the baby yoda | gm frens | a jedi on tatooine | colour theory in grey and aubergine |
  a lorry on the kerb, tyres flat | wee bairn in a kilt | ye olde shoppe | thou art a villain | chonky borb |
  snek doing a mlem | El Greco style view of Toledo | De Stijl grid | Die Brücke woodcut | Les Misérables poster |
  Don Quijote de la Mancha | Il Duomo in Firenze | Sinterklaas and zwarte piet | a dom and a las | mar a lago gala |
  petit fours on a plate | casa bonita | a penguin on a skateboard | La Sportiva climbing shoes |
  Estée Lauder serum bottle | El Al airliner at the quota | Le Pain Quotidien storefront | Dr. Oetker pizza box |
  Château Margaux label | Hermès scarf in silk | De'Longhi espresso machine | Peugeot 205 gti rally |
  citroen ds on a country lane | Das Keyboard on a desk | Der Rosenkavalier opera set | Die Zauberflöte costume |
  La Bohème finale | Il Trovatore playbill | Cirque du Soleil acrobats | Notre-Dame de Paris gargoyle |
  Pont du Gard aqueduct | Val d'Isère ski slope | Cap d'Antibes yacht | Monte Carlo casino | Isla de Pascua moai |
  Tierra del Fuego penguins | Machu Picchu llamas | Oaxaca alebrijes | Chiang Mai lantern festival |
  Ha Long Bay junk boat | Sigiriya rock, sri lanka | Ouagadougou market women | Łódź film school |
  Aarhus rooftop panorama | Bodø harbour | San Juan de los Lagos | en plein air painters | en passant chess move |
  ad hoc meeting | quid pro quo handshake | deus ex machina | a femme fatale in red | enfant terrible on stage |
  nouvelle vague film still | cinema verite shot | musique concrete album | commedia dell'arte mask |
  bossa nova record sleeve | tarot card la luna | el mariachi with guitar | dia de muertos ofrenda | lucha libre mask |
  ein stein beer mug | gemütlich cabin | kitsch gartenzwerg gnome | hefeweizen and pretzel | sauna with birch vihta |
  skandi living room, hygge | matryoshka dolls | balalaika player | origami crane tsuru | koinobori flags |
  manga seinen shonen | wuxia hero, hanfu | dim sum har gow | nasi goreng plate | banh mi stand | doner kebab w fries |
  shakshuka in a pan | a unicron in a feild | vintge postr of a trian | sunst ovr teh oceon |
  cyberpnk samuri wth katan | cosy readng nuk | abandond fctory | a dgo and a kat | lol wut cat |
  gonna need a bigger boat | kpi dashboad mockup | saas landing page hero | terraform ansible vault |
  brrr money printer | wakanda forever | daenerys and drogon | obi wan kenobi | sephiroth cloud tifa | totoro no face |
  elsa olaf anna`);

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
