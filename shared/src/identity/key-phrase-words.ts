/**
 * 256 describing words and 256 things: short, common, said and spelled in one way, and nothing that anybody would mind
 * on a screen. The order is part of the contract: terminal and fleet compute the same phrase from the same key.
 */
export const describingWords = words(`
  able agile airy alert alpine amber ample apt aqua arctic ash autumn aware azure bald balmy basic big
  bold bony brave brief bright brisk broad bronze brown bubbly busy calm candid canny careful casual cheery chief
  civil clean clear clever close cloudy coastal cobalt cool copper coral cosmic cozy cream crimson crisp cubic curly
  curved daily damp daring dawn deep deft dense desert direct dizzy double dotted downy dreamy dry dual dusky
  eager early earthy east easy elder elegant even exact fair famous fancy fast fern festive fine firm first
  fleet flint fluffy flying fond formal free fresh frosty full funny fuzzy gentle giant gifted glad glassy global
  glossy gold good grand grassy great green grey handy happy hardy hazel hearty hidden high hollow honest humble
  icy ideal indigo inner ivory jade jazzy jolly jovial joyful keen khaki kind large last late lavish leafy
  level light lilac lime lively local lofty long loud loyal lucid lucky lunar lush magic major maple
  maroon mellow merry mighty mild minor minty misty mobile modern modest mossy narrow native navy neat new nice
  nimble noble north novel oaken oblong ocean odd olive open orange outer oval paper pastel patient pearly
  pink placid plain plucky polar polite proud prime pure purple quick quiet rapid rare ready red regal
  rich rising robust rosy round royal ruby rural rustic safe salty sandy satin scarlet serene shady sharp shiny
  short silent silky silver simple sleek slim slow small smart smooth snowy soft solar solid sonic south spry
  stellar sturdy sunny super sweet swift tidy
`);

export const things = words(`
  acorn almond anchor ant apple arch arrow atlas badger bagel balcony bamboo banjo barn basket bay beach beacon
  beaver beetle bell bench berry birch bird biscuit bison boat book boot bottle bowl branch bread brick bridge
  brook broom bucket button cabin cactus camel canal candle canoe canyon carpet carrot castle cat cedar cello chair
  cheese cherry circle cliff clock cloud clover coat cobra coin comet compass cookie corn cottage crab crane crayon
  cricket crown cup curtain cushion daisy deer delta desk diamond dolphin donkey door dove dragon drum duck eagle
  ear easel egg elbow elm engine falcon feather fence field fig finch fish flag flame flute fog forest
  fork fountain fox frog galaxy garden gate gecko geyser ginger giraffe glacier globe glove goat goose grape guitar
  hammer harbor harp hat hawk hedge heron hill hippo honey horse house igloo island jacket jaguar jar jelly
  jewel jungle kayak kettle key kite kiwi koala ladder lake lamp lantern lark leaf lemon lever lily lion
  lizard llama lobster lotus magnet mango marble meadow melon mirror mitten moon moose moss mountain mouse muffin nest
  noodle nut oak oasis oboe octopus onion orbit orchid otter owl paddle palm panda parrot path peach peanut
  pear pebble pelican pen pepper piano pigeon pillow pine planet plaza plum pocket pond pony poppy potato prairie
  puffin pumpkin puzzle quail quartz rabbit radio raft rain raven reef ribbon river robin rocket roof rope rose
  saddle sail salmon scarf school seal shell ship shoe shore sky sled snail sofa spoon spring star stone
  sun swan table tiger
`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
