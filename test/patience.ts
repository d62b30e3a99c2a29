/** What `npm run test:gc` changes: with a collection at every allocation things take longer. */

/** How many times longer than usual things may take. */
export const patience = Number(process.env['TEST_PATIENCE'] ?? 1)

/** How often to do what is done `usual` times, where `few` have to do. */
export const rounds = (usual: number, few: number): number => (patience > 1 ? few : usual)
