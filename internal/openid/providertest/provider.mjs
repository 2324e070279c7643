// Runs a provider of OpenID Connect on this machine until its input ends. Prints {"issuer", "control"} as JSON.
// GET control/clock?plus=SECONDS sets its clock forward.
// Usage: node provider.mjs CLIENT_SECRET REDIRECT_URI...
import http from 'node:http'
import { Provider } from 'oidc-provider'

const [secret, ...redirects] = process.argv.slice(2)
const now = Date.now
let plus = 0
Date.now = () => now() + plus * 1000

// Everybody can sign in: the name is the part before the @, and somebody called root is in the group of chiefs.
const account = (id) => ({
  accountId: id,
  claims: () => {
    const name = id.split('@')[0]
    return {
      sub: id, name: `${name[0].toUpperCase()}${name.slice(1)} Lee`, email: id, email_verified: name !== 'unverified',
      groups: name === 'root' ? ['chiefs', 'desk'] : ['desk'],
    }
  },
})

const listen = (handler) => new Promise((done) => {
  const server = http.createServer(handler).listen(0, '127.0.0.1', () => done([server, `http://127.0.0.1:${server.address().port}`]))
})

let answer = (req, res) => res.end()
const [, issuer] = await listen((req, res) => answer(req, res))
const provider = new Provider(issuer, {
  clients: [{ client_id: 'cards', client_secret: secret, redirect_uris: redirects }],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
  scopes: ['openid', 'groups'],
  cookies: { keys: [secret] },
  pkce: { required: () => true },
  findAccount: (ctx, id) => account(id),
})
answer = provider.callback()
const [, control] = await listen((req, res) => {
  plus = Number(new URL(req.url, issuer).searchParams.get('plus'))
  res.end()
})
console.log(JSON.stringify({ issuer, control }))
process.stdin.resume().on('end', () => process.exit())
