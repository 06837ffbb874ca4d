/** Loads the product and what simulates its surroundings, so that Node keeps them compiled for all workers. */
import '../../src/compose.ts';
import '../../src/compose/local-chats.ts';
import '../../src/sim/server.ts';
import '../../src/store/pglite.ts';
