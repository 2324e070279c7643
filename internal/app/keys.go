package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fsync"
	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/lazyregexp"
)

// The signing keys in the data folder: the file signing-key has the one that signs, and each file signing-key.PRINT,
// named after the key's fingerprint, has one that verifies. A key that is replaced gets its second file before the
// first one has another key, so that whoever reads the first file and then the others finds all.

// Key is a signing key of a data folder.
type Key struct {
	Print string // fingerprint: the first 8 hex digits of the SHA-256 of the key
	Made  time.Time
	Signs bool   // it signs and verifies; false: it only verifies
	Path  string // of its file

	key []byte
}

// Errors of the keys of a data folder.
var (
	ErrNoKey    = errors.New("no key of the data folder has this fingerprint")
	ErrKeySigns = errors.New("this key signs; let another one sign first")
)

// Fingerprint returns the fingerprint of a key.
func Fingerprint(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:4])
}

// keyFile matches the names of the files of keys that verify. Copies that somebody has kept there are no keys.
var keyFile = lazyregexp.New(`^` + SigningKeyFile + `\.[0-9a-f]{8}$`)

// Keys lists the keys of the data folder: the one that signs, then the others, the last made first. The error wraps
// fs.ErrNotExist if there is none.
func Keys(data string) ([]Key, error) {
	signs, err := readKey(data, SigningKeyFile) // first: see above
	if err != nil {
		return nil, err
	}
	signs.Signs = true
	entries, err := os.ReadDir(data)
	if err != nil {
		return nil, err
	}
	var others []Key
	for _, e := range entries {
		if !keyFile().MatchString(e.Name()) {
			continue
		}
		k, err := readKey(data, e.Name())
		if errors.Is(err, fs.ErrNotExist) { // it was removed meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		if k.Print != signs.Print {
			others = append(others, k)
		}
	}
	slices.SortFunc(others, func(a, b Key) int {
		return cmp.Or(b.Made.Compare(a.Made), strings.Compare(a.Print, b.Print))
	})
	return append([]Key{signs}, others...), nil
}

func readKey(data, name string) (Key, error) {
	secret, err := ReadSecret(data, name)
	if err != nil {
		return Key{}, err
	}
	path := filepath.Join(data, name)
	info, err := os.Stat(path)
	if err != nil {
		return Key{}, err
	}
	return Key{Print: Fingerprint(secret), Made: info.ModTime().UTC(), Path: path, key: []byte(secret)}, nil
}

// AddKey makes a key in the data folder that only verifies, and returns it.
func AddKey(data string) (Key, error) {
	if _, err := Keys(data); err != nil {
		return Key{}, err
	}
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	made := hex.EncodeToString(random[:])
	name := SigningKeyFile + "." + Fingerprint(made)
	if _, err := placeSecret(data, name, made); err != nil {
		return Key{}, err
	}
	return readKey(data, name)
}

// LetSign makes the key with the fingerprint the one that signs. The one before still verifies.
func LetSign(data, fingerprint string) error {
	all, err := Keys(data)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(k Key) bool { return k.Print == fingerprint })
	switch {
	case i < 0:
		return ErrNoKey
	case all[i].Signs:
		return nil
	}
	first := filepath.Join(data, SigningKeyFile)
	if err := os.Link(first, first+"."+all[0].Print); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := fsync.Path(data); err != nil {
		return err
	}
	tmp := filepath.Join(data, ".signs-"+rand.Text())
	if err := os.Link(all[i].Path, tmp); err != nil {
		return err
	}
	defer os.Remove(tmp)
	if err := os.Rename(tmp, first); err != nil {
		return err
	}
	return fsync.Path(data)
}

// RemoveKey removes the key with the fingerprint, which must not be the one that signs: what it signed is refused.
func RemoveKey(data, fingerprint string) error {
	all, err := Keys(data)
	if err != nil {
		return err
	}
	for _, k := range all {
		switch {
		case k.Print != fingerprint:
		case k.Signs:
			return ErrKeySigns
		default:
			return errors.Join(os.Remove(k.Path), fsync.Path(data))
		}
	}
	return ErrNoKey
}

// keysEvery is how often a service reads the signing keys of its data folder.
const keysEvery = time.Second

// folderSigner returns a signer with the keys of the data folder, of which it makes one if there is none, and a job
// that gives it those that are added, replaced and removed while the service runs. If they cannot be read, those before
// stay.
func folderSigner(data string) (*card.Signer, jobs.Job, error) {
	if _, err := secret(data, SigningKeyFile); err != nil {
		return nil, jobs.Job{}, err
	}
	all, err := Keys(data)
	if err != nil {
		return nil, jobs.Job{}, err
	}
	signer, err := card.NewSigner(raw(all)...)
	if err != nil {
		return nil, jobs.Job{}, err
	}
	known, said := prints(all), ""
	return signer, jobs.Job{Name: "read signing keys", Every: keysEvery, Run: func(context.Context) (int, error) {
		all, err := Keys(data)
		if err != nil {
			if said == err.Error() { // it was logged a second ago
				return 0, nil
			}
			said = err.Error()
			return 0, fmt.Errorf("the keys before stay in use: %w", err)
		}
		said = ""
		if prints(all) == known {
			return 0, nil
		}
		known = prints(all)
		return 1, signer.SetKeys(raw(all)...)
	}}, nil
}

func raw(all []Key) (keys [][]byte) {
	for _, k := range all {
		keys = append(keys, k.key)
	}
	return keys
}

func prints(all []Key) string {
	var text strings.Builder
	for _, k := range all {
		text.WriteString(k.Print + " ")
	}
	return text.String()
}
