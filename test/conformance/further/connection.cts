// The connection with other credentials than a token of a user.
import {
	exampleCom,
	mainAccount,
	sandboxCredentials,
	tokenCredential,
} from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account } from '../sdkCalls/helpers.cjs';
import { checkRights } from '../sdkCalls/investigation.cjs';

const connection = pairsOf('connection', { account: mainAccount, zone: exampleCom });

const { email, apiKey } = sandboxCredentials.globalKey;
const { accountToken } = sandboxCredentials;

export const connectionPairs: readonly Pair[] = [
	connection(
		'checkPermissions',
		'a token of the account',
		{},
		async (sdk) => {
			await sdk.accounts.tokens.verify(account);
			await checkRights(sdk);
		},
		{
			credentials: {
				ours: tokenCredential({ apiToken: accountToken }),
				sdk: { apiToken: accountToken },
			},
		},
	),
	connection(
		'checkPermissions',
		'a Global API key',
		{},
		async (sdk) => {
			await sdk.user.get();
			await checkRights(sdk);
		},
		{
			credentials: {
				ours: { type: 'cloudflareSecurityGlobalKeyApi', data: { email, apiKey } },
				sdk: { apiEmail: email, apiKey },
			},
		},
	),
];
