const entries = (list: string): string[] => list.trim().split(/\s*\|\s*/u);

/**
 * What posts at work are full of, and no image should show. A phrase that ends in one of these is left out: "the annual open
 * house", but not "a meeting place".
 */
const officeWords: ReadonlySet<string> = new Set([
  // the post itself, and where it will be read
  ...entries(`ad|advert|announcement|article|banner|blog|blog post|caption|campaign|channel|copy|draft|email|e-mail|facebook|
    facebook post|feed|headline|hashtag|inbox|instagram|instagram post|linkedin|linkedin post|mail|message|news|newsletter|
    newsletters|note|notice|post|posts|post-mortem|postmortem|press release|recap|reminder|slack|story idea|subject|teaser|
    text|thread|tiktok|tweet|twitter|update|updates|youtube|x`),
  // the image that is wanted
  ...entries('artwork|gif|graphic|hero image|illustration|image|images|photo|photos|picture|pictures|visual|visuals'),
  // calendars and meetings
  ...entries(`agenda|all-hands|hands|appointment|calendar|call|calls|conference call|date|dates|day|days|deadline|eod|eow|event|
    invite|invitation|kick-off|kickoff|meeting|meetings|monthly|noon|offsite|one-on-one|open day|open house|quarter|quarterly|
    reservation|retro|retrospective|rsvp|save the date|schedule|session|slot|sprint|stand-up|standup|sync|town hall|webinar|
    weekly|whole day|workshop|time|times`),
  // documents, goals and their tools
  ...entries(`backlog|budget|data|dashboard|deck|doc|document|drive|faq|feedback|file|files|goal|goals|invoice|kpi|kpis|metrics|
    okr|okrs|plan|plans|presentation|project|q|q&a|report|reports|result|results|roadmap|shared drive|slide|slides|
    spreadsheet|strategy|summary|survey|task|tasks|ticket|tickets|to-do|version`),
  // applying, selling and buying
  ...entries(`application|benefits|candidate|code|coupon|cv|deal|discount|hiring|hybrid|interview|job|jobs|launch|offer|offers|
    one charge|charge|opening|order|orders|percent|position|pre-order|preorder|price|prices|product|product launch|promo|
    recipe|release|revenue|remote|resume|résumé|role|salary|sale|sign-up|signup|vacancy|voucher`),
  // things of computers that have no look
  ...entries(`account|api|app store|bug|bugs|checkout|checkout page|click|database|deploy|deployment|download|error|errors|feature|
    features|followers|form|homepage|incident|landing page|line|link|links|login|outage|page|pages|password|server|site|utc|
    web page|webpage|website`),
  // what is left of a link, and words that need a noun
  ...entries('http|https|www|behind|huge|most|them|yet|moves|cut|dish|midst'),
  // talk to a machine
  ...entries('answer|ignore|instructions|prompt|prompts|system prompt'),
  // how people feel and what they do, once a mention or a verb is gone
  ...entries(`add yours|apology|ask|called|check|come|congrats|cheers|else|excited|happy|home|join|lit|look|love|lovely|meet|more|
    news|proud|send|share|slow|sorry|stay|stayed|story|stories|thrilled|warm|wonderful|yours|pour|bake|fold|whisk|mix|stir`),
]);

/** Where a post will be read, and what it is: an image that shows one shows garbled logos or paper. */
const channels =
  /\bdrafts?\b(?! (?:ale|beer|cider|horse))|\b(?:newsletters?|linkedin|instagram|facebook|twitter|tiktok|youtube)\b/iu;
const slack = /\bSlack\b/u;

/** Whether a text speaks of a draft, a newsletter or a network, whatever else it says. */
export function namesChannel(text: string): boolean {
  return channels.test(text) || slack.test(text);
}

/** What the phrase is left as without words that say whose or how new something is. */
const leading =
  /^(?:(?:a|an|the|our|my|your|his|her|their|its|this|that|these|those|some|few|little|whole|new|next|big)\s+)+/iu;

/** Nothing by themselves: "a view", but not "a sea view". */
const alone = new Set('smell scent sound taste view bit kind huge little line'.split(' '));
/** It becomes the light of the scene: it is no thing in it. */
const timeOfDay =
  /^(?:early |late )?(?:dawn|sunrise|mornings?|noon|midday|afternoons?|sunset|dusk|evenings?|nights?|midnight)$/u;
/** "80 km": nothing to see, and lettering at worst. */
const measure =
  /^\p{N}[\p{N}.,]*\s*(?:km|m|cm|mm|kg|g|ml|l|mi|miles|kw|kwh|gb|mb|hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|people)$/u;

/** Whether a phrase names something of office life rather than something to see. */
export function isOfficeTalk(phrase: string): boolean {
  const plain = phrase.toLowerCase().replaceAll('’', "'").replace(leading, '').trim();
  const words = plain.split(' ');
  const last = words.at(-1) ?? '';
  return (
    plain === '' ||
    namesChannel(phrase) ||
    timeOfDay.test(plain) ||
    alone.has(plain) ||
    [1, 2, 3].some((count) => officeWords.has(words.slice(-count).join(' '))) ||
    /^\p{L}{3,}(?<!e)ed$/u.test(last) ||
    measure.test(plain)
  );
}
