package app

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

// Names of the secrets in the data folder.
const (
	TokenFile      = "api-token"
	SigningKeyFile = "signing-key"
)

// Signer signs with the first of the keys and verifies with any. The error is a *SettingError where a key
// is too short.
func Signer(keys []string) (*card.Signer, error) {
	raw := make([][]byte, len(keys))
	for i, key := range keys {
		if len(key) < card.MinKey {
			return nil, settingf("signing-key", "key %d has %d bytes; at least %d are needed", i+1, len(key), card.MinKey)
		}
		raw[i] = []byte(key)
	}
	return card.NewSigner(raw...)
}

// ReadSecret reads the secret of that name from the data folder. The error is fs.ErrNotExist where there
// is none.
func ReadSecret(data, name string) (string, error) {
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

// secret reads the secret of that name from the data folder, or makes one of 32 random bytes in hex,
// readable by its owner alone.
func secret(data, name string) (string, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return "", settingf("data", "%v", err)
	}
	known, err := ReadSecret(data, name)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSecret(data, name)
	}
	return known, err
}

// makeSecret writes a new secret whole or not at all, and durably: losing the signing key would break
// every signed address. Of two processes that start at once, the second uses the first one's.
func makeSecret(data, name string) (string, error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	made := hex.EncodeToString(random[:])
	tmp, err := os.CreateTemp(data, ".new-") // mode 0600
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name())
	if _, err = tmp.WriteString(made + "\n"); err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return "", err
	}
	if err := os.Link(tmp.Name(), filepath.Join(data, name)); errors.Is(err, fs.ErrExist) {
		return secret(data, name)
	} else if err != nil {
		return "", err
	}
	return made, syncFolder(data)
}

// syncFolder makes the names in the folder durable: syncing a file does not sync its name.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
