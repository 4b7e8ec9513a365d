/** Tags that say why a webhook job was made, so that its deliveries can say it too. */
export const TEST_TAG = 'webhook-test'
export const REPLAY_TAG = 'webhook-replay'
