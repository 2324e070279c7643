package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"text/tabwriter"
	"time"

	"newsroom.example/cards/internal/app"
)

type keyCommand struct {
	List   keyListCommand   `cmd:"" help:"List the signing keys by their fingerprints: which one signs, and which verify."`
	Rotate keyRotateCommand `cmd:"" help:"Make a new signing key. It signs from now on; those before verify until they are removed."`
	Remove keyRemoveCommand `cmd:"" help:"Remove a signing key that does not sign: what it has signed is refused."`
}

// folderKeys are the keys of the data folder of a service.
type folderKeys struct{ keySettings }

// own returns an error of wrong usage if the keys are not those of the data folder.
func (k folderKeys) own() error {
	if len(splitEnv(k.SigningKey)) > 0 {
		return usagef("--signing-key: the keys are given there, and those of the data folder are not used; " +
			"add a new one there at the end, then put it first (docs/access.md)")
	}
	return nil
}

// keyError explains an error of the keys of the data folder.
func (k folderKeys) keyError(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("there is no signing key in %s: set --data to the data folder of cards serve", k.Data)
	}
	if errors.Is(err, app.ErrNoKey) || errors.Is(err, app.ErrKeySigns) {
		return fmt.Errorf("%w; cards key list prints them", err)
	}
	return usage(err)
}

type keyRotateCommand struct {
	Ahead bool   `help:"Only make the key: it verifies, and does not sign yet. For services of several machines, which all must have it first."`
	To    string `placeholder:"FINGERPRINT" help:"Make no new key, but let this one sign."`
	folderKeys
}

// Run makes a key, or lets one sign.
func (c keyRotateCommand) Run(std stdio) error {
	if c.Ahead && c.To != "" {
		return usagef("--ahead: goes without --to")
	}
	if err := c.own(); err != nil {
		return err
	}
	mark := c.To
	if mark == "" {
		made, err := app.AddKey(c.Data)
		if err != nil {
			return c.keyError(err)
		}
		if mark = made.Print; c.Ahead {
			_, err = fmt.Fprintf(std.out, "%s is made and verifies; copy %s to the data folders of the other services, "+
				"then run cards key rotate --to %s at each\n", mark, printable(made.Path), mark)
			return err
		}
	}
	if err := app.LetSign(c.Data, mark); err != nil {
		return c.keyError(err)
	}
	_, err := fmt.Fprintf(std.out, "%s signs; a running service uses it within two seconds. The keys before verify until "+
		"they are removed.\n", mark)
	return err
}

type keyRemoveCommand struct {
	Print string `arg:"" name:"fingerprint" help:"Fingerprint of the key, as cards key list prints it."`
	folderKeys
}

// Run removes a key.
func (c keyRemoveCommand) Run(std stdio) error {
	if err := c.own(); err != nil {
		return err
	}
	if err := app.RemoveKey(c.Data, c.Print); err != nil {
		return c.keyError(err)
	}
	_, err := fmt.Fprintf(std.out, "%s is removed; a running service refuses what it has signed within two seconds\n",
		printable(c.Print))
	return err
}

type keyListCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
	folderKeys
}

// listedKey is a key as it is listed, without itself.
type listedKey struct {
	Print string    `json:"fingerprint"`
	Use   string    `json:"use"` // "signs" or "verifies"; the one that signs verifies too
	Made  time.Time `json:"made,omitzero"`
	From  string    `json:"from"`
}

// Run lists the keys.
func (c keyListCommand) Run(std stdio) error {
	all, err := c.listed()
	if err != nil {
		return err
	}
	if c.JSON {
		lines := json.NewEncoder(std.out)
		lines.SetIndent("", "  ")
		return lines.Encode(all)
	}
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FINGERPRINT\tUSE\tMADE\tFROM")
	for _, k := range all {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", k.Print, k.Use, when(k.Made.Truncate(time.Second)), printable(k.From))
	}
	return t.Flush()
}

func (c keyListCommand) listed() (list []listedKey, err error) {
	use := map[bool]string{true: "signs", false: "verifies"}
	if given := splitEnv(c.SigningKey); len(given) > 0 {
		if _, err := app.Signer(given); err != nil {
			return nil, usage(err)
		}
		for i, key := range given {
			list = append(list, listedKey{Print: app.Fingerprint(key), Use: use[i == 0], From: "--signing-key"})
		}
		return list, nil
	}
	all, err := app.Keys(c.Data)
	if err != nil {
		return nil, c.keyError(err)
	}
	for _, k := range all {
		list = append(list, listedKey{Print: k.Print, Use: use[k.Signs], Made: k.Made, From: k.Path})
	}
	return list, nil
}
