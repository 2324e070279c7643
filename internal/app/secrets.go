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

// Signer returns a signer that signs with the first key and verifies with any. The error is a *SettingError
// if a key is too short.
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

// ReadSecret reads the named secret from the data folder. The error wraps fs.ErrNotExist if there is none.
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

// secret reads the named secret from the data folder. If there is none, it generates 32 random bytes in hex,
// in a file that only its owner can read.
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

// makeSecret writes a new secret atomically and durably: losing the signing key would invalidate every signed
// URL. If two processes start at once, the second uses the secret of the first.
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

// syncFolder syncs the folder's entries: syncing a file does not sync its name.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
