package main

import (
	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/app"
)

// serviceSettings name a running service.
type serviceSettings struct {
	Service  string `default:"http://127.0.0.1:8080" placeholder:"URL" help:"The running service."`
	APIToken string `name:"api-token" placeholder:"TOKEN" help:"Token of that service. Default: the one in the data folder."`
	Data     string `default:"./data" placeholder:"DIR" help:"Data folder of that service."`
}

// client returns the client of the service.
func (s serviceSettings) client() (*client.Client, error) {
	token := s.APIToken
	if token == "" {
		var err error
		if token, err = app.ReadSecret(s.Data, app.TokenFile); err != nil {
			return nil, usagef("there is no API token in %s: set --data to the data folder of cards serve, or --api-token",
				s.Data)
		}
	}
	service, err := client.New(s.Service, token)
	if err != nil {
		return nil, usagef("--service: %v", err)
	}
	return service, nil
}
