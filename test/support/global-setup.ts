/** Filled in with the store: starts the PostgreSQL of the tests. */
export default async function globalSetup(): Promise<void> {}
