/**
 * Time stands still but for what is slept, so that a run with a fault sends the same requests as one without. To be
 * imported before anything that keeps a hold of `Date.now`; each test file of jest has a `Date` of its own.
 */
export const START = Math.trunc(Date.now() / 1000) * 1000;

Date.now = () => START;
