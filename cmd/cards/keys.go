package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"newsroom.example/cards/card"
)

// keySettings name the secrets; what is not given is made once and kept under the data folder.
type keySettings struct {
	Data       string   `default:"./data" placeholder:"DIR" help:"Folder of the database, pictures and keys. Default: ./data."`
	SigningKey []string `placeholder:"KEY" sep:"none" help:"Key that signs picture addresses, at least 32 bytes. Repeatable: the first signs, all verify. Default: made once by cards serve and kept in the data folder."`
}

// signer signs with the keys given, else with the one of the data folder, which it makes there at
// the first time.
func (k keySettings) signer() (*card.Signer, error) {
	return k.signerWith(keptSecret)
}

// knownSigner is signer for a command beside the service: a key that it made would sign what no
// service accepts.
func (k keySettings) knownSigner() (*card.Signer, error) {
	return k.signerWith(func(data, name string) (string, error) {
		secret, err := readSecret(data, name)
		if errors.Is(err, fs.ErrNotExist) {
			return "", usagef("there is no signing key in %s: name the data folder of cards serve with --data, or its key with --signing-key", data)
		}
		return secret, err
	})
}

func (k keySettings) signerWith(secret func(data, name string) (string, error)) (*card.Signer, error) {
	keys := splitEnv(k.SigningKey)
	if len(keys) == 0 {
		kept, err := secret(k.Data, "signing-key")
		if err != nil {
			return nil, err
		}
		keys = []string{kept}
	}
	raw := make([][]byte, len(keys))
	for i, key := range keys {
		if len(key) < card.MinKey {
			return nil, usagef("--signing-key: key %d has %d bytes; at least %d are needed", i+1, len(key), card.MinKey)
		}
		raw[i] = []byte(key)
	}
	return card.NewSigner(raw...)
}

// splitEnv takes a repeatable flag's values, of which the environment gives all in one,
// separated by commas.
func splitEnv(values []string) []string {
	var all []string
	for _, v := range values {
		for _, part := range strings.Split(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// keptSecret reads the secret of that name from the data folder, or makes one of 32 random
// bytes in hex, readable by its owner alone.
func keptSecret(data, name string) (string, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return "", usagef("--data: %v", err)
	}
	secret, err := readSecret(data, name)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSecret(filepath.Join(data, name))
	}
	return secret, err
}

// readSecret reads the secret of that name. The error is fs.ErrNotExist where there is none.
func readSecret(data, name string) (string, error) {
	path := filepath.Join(data, name)
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(raw))
	if len(secret) < card.MinKey {
		return "", fmt.Errorf("%s holds %d bytes; at least %d are needed", path, len(secret), card.MinKey)
	}
	return secret, nil
}

// makeSecret writes a new secret whole or not at all: of two processes that start at once,
// the second takes the first one's.
func makeSecret(path string) (string, error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	secret := hex.EncodeToString(random[:])
	tmp, err := os.CreateTemp(filepath.Dir(path), ".new-") // mode 0600
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name())
	if _, err = tmp.WriteString(secret + "\n"); err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return "", err
	}
	if err := os.Link(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
		return keptSecret(filepath.Dir(path), filepath.Base(path))
	} else if err != nil {
		return "", err
	}
	return secret, nil
}
