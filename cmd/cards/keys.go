package main

import (
	"errors"
	"io/fs"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/app"
)

// keySettings name the secrets; the service makes those that are not given once, in the data folder.
type keySettings struct {
	Data       string   `default:"./data" placeholder:"DIR" help:"Folder of the database, pictures and keys. Default: ./data."`
	SigningKey []string `placeholder:"KEY" sep:"none" help:"Key that signs picture addresses, at least 32 bytes. Repeatable: the first signs, all verify. Default: made once by cards serve and stored in the data folder."`
}

// signer signs with the keys given, else with the service's own key. It makes none: no service would
// accept what that one signs.
func (k keySettings) signer() (*card.Signer, error) {
	keys := splitEnv(k.SigningKey)
	if len(keys) == 0 {
		key, err := app.ReadSecret(k.Data, app.SigningKeyFile)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usagef("there is no signing key in %s: name the data folder of cards serve with --data, or its key with --signing-key", k.Data)
		}
		if err != nil {
			return nil, err
		}
		keys = []string{key}
	}
	s, err := app.Signer(keys)
	return s, usage(err)
}

// splitEnv takes a repeatable flag's values, of which the environment gives all in one,
// separated by commas.
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
