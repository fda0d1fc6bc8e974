/** A header for requests to n8n: when it is busy it closes kept connections with requests on their way. */
export const UNKEPT = { connection: 'close' };
