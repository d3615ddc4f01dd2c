/** Words that end a noun phrase in English without being among its smallest words. */
export const englishVerbs: ReadonlySet<string> = new Set(
  `am being get gets got go goes going went come comes came make makes made take takes took give gives gave see sees saw seen
   say says said know think want wants need needs like likes love loves loved hate hates enjoy enjoyed feel feels felt
   look looks looking find finds found use uses used try tries keep keeps kept let lets show shows shown start starts started
   launch launched launching ship shipped announce announced announcing share shared sharing celebrate celebrated celebrating
   join joined meet met help helps helped build builds built work works worked working run runs running ran play plays
   grow grew thank thanks welcome should may might must shall today tomorrow yesterday now never always again ever still
   because while where why until since before between through during without within along across off down back
   everyone everything something someone anyone nothing really finally please let's we're it's i'm don't can't isn't`.split(
    /\s+/,
  ),
);
