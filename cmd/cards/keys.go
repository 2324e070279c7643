package main

import (
	"errors"
	"io/fs"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/app"
)

// dataSettings name the data folder, in which the service generates missing secrets at its first start.
type dataSettings struct {
	Data string `default:"./data" placeholder:"DIR" help:"Folder of the database, pictures and keys. Default: ./data."`
}

// signingSettings have the keys that sign URLs.
type signingSettings struct {
	SigningKey []string `secret:"" placeholder:"KEY" sep:"none" help:"Key that signs picture URLs, at least 32 bytes, such as from openssl rand -hex 32; one that can be guessed is refused. Repeatable: the first signs, all verify. Default: generated at the first start of cards serve and stored in the data folder."`
}

// keySettings are what commands need that sign as a service does.
type keySettings struct {
	dataSettings
	signingSettings
}

// signer returns a signer with the given keys or, without any, with the service's own key. It does not
// generate a key: no service would accept its signatures.
func (k keySettings) signer() (*card.Signer, error) {
	keys := splitEnv(k.SigningKey)
	if len(keys) == 0 {
		key, err := app.ReadSecret(k.Data, app.SigningKeyFile)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usagef("there is no signing key in %s: set --data to the data folder of cards serve, or --signing-key to its key", k.Data)
		}
		if err != nil {
			return nil, usage(err)
		}
		keys = []string{key}
	}
	s, err := app.Signer(keys)
	return s, usage(err)
}

// splitEnv splits the values of a repeatable flag at commas: an environment variable holds all values
// in one.
func splitEnv(values []string) []string {
	var all []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}
