/** Most rows one transaction removes: nobody waits long for a lock it holds. */
export const SLICE = 500
