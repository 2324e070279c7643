package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fsync"
)

// Names of the secrets in the data folder.
const (
	TokenFile      = "api-token"
	SigningKeyFile = "signing-key"
)

// makeOne says how to make a secret.
const makeOne = "make one with: openssl rand -hex 32"

// checkSecret returns what is wrong with a secret that has fewer than least bytes or can be guessed, and what to do,
// as the end of a sentence, or "". It never contains the secret.
func checkSecret(secret string, least int, remedy string) string {
	if len(secret) < least {
		return fmt.Sprintf("has %d bytes; at least %d are needed; %s", len(secret), least, remedy)
	}
	if problem := weakness(secret); problem != "" {
		return problem + " and can be guessed; " + remedy
	}
	return ""
}

// Signer returns a signer that signs with the first key and verifies with any. The error is a *SettingError
// if a key is too short or can be guessed.
func Signer(keys []string) (*card.Signer, error) {
	raw := make([][]byte, len(keys))
	for i, key := range keys {
		if problem := checkSecret(key, card.MinKey, makeOne); problem != "" {
			return nil, settingf("signing-key", "key %d %s", i+1, problem)
		}
		raw[i] = []byte(key)
	}
	return card.NewSigner(raw...)
}

// ReadSecret reads the named secret from the data folder. The error wraps fs.ErrNotExist if there is none, and is a
// *SettingError if others may read the file, or if the secret is too short or can be guessed.
func ReadSecret(data, name string) (string, error) {
	path := filepath.Join(data, name)
	raw, err := readPrivate(path)
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(raw))
	if problem := checkSecret(secret, card.MinKey, makeOne); problem != "" {
		return "", settingf("data", "the secret in %s %s", path, problem)
	}
	return secret, nil
}

// readPrivate reads a file that only its owner may read. For a symbolic link, the target's mode counts. Windows has no
// such modes: there, the permissions of the folder protect the file.
func readPrivate(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, settingf("data", "other users may read or change %s (mode %04o); run: chmod 600 %s", path, mode,
			"'"+strings.ReplaceAll(path, "'", `'\''`)+"'")
	}
	return io.ReadAll(f)
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

// makeSecret writes a new secret, which losing would invalidate every signed URL. If two processes start at once, the
// second uses the secret of the first.
func makeSecret(data, name string) (string, error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	made := hex.EncodeToString(random[:])
	placed, err := placeSecret(data, name, made)
	switch {
	case err != nil:
		return "", err
	case !placed:
		return secret(data, name)
	}
	return made, nil
}

// placeSecret writes a secret atomically and durably, in a file that only its owner can read. It returns false if there
// is such a file.
func placeSecret(data, name, made string) (placed bool, err error) {
	tmp, err := os.CreateTemp(data, ".new-") // mode 0600
	if err != nil {
		return false, err
	}
	defer os.Remove(tmp.Name())
	if _, err = tmp.WriteString(made + "\n"); err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return false, err
	}
	if err := giveTo(data, tmp.Name()); err != nil {
		return false, err
	}
	if err := os.Link(tmp.Name(), filepath.Join(data, name)); errors.Is(err, fs.ErrExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, fsync.Path(data)
}
