package main

import "newsroom.example/cards/internal/app"

// tlsSettings say how the service answers over HTTPS by itself.
type tlsSettings struct {
	TLSCert string `name:"tls-cert" placeholder:"FILE" help:"Certificate with its chain, in PEM: the service answers over HTTPS itself, with HTTP/2. A new certificate in the file is used within seconds."`
	TLSKey  string `name:"tls-key" placeholder:"FILE" help:"Key of --tls-cert, in PEM."`

	ACMEDomain    []string `name:"acme-domain" placeholder:"HOST" help:"Host for which the service gets certificates from Let's Encrypt, to whose terms you agree with this. The internet must reach the service on port 443, or on port 80 by --redirect-addr. Repeatable."`
	ACMEEmail     string   `name:"acme-email" placeholder:"ADDRESS" help:"Your e-mail address, for the authority."`
	ACMEDirectory string   `name:"acme-directory" placeholder:"URL" help:"Another authority than Let's Encrypt, by the address of its ACME directory."`

	RedirectAddr string `placeholder:"HOST:PORT" help:"Address to listen on for plain HTTP, such as :80, which leads readers to HTTPS. Off unless set."`
}

// config converts the settings, which the service checks.
func (t tlsSettings) config() app.TLS {
	return app.TLS{Cert: t.TLSCert, Key: t.TLSKey, Domains: splitEnv(t.ACMEDomain), Email: t.ACMEEmail,
		Directory: t.ACMEDirectory, RedirectAddr: t.RedirectAddr}
}
