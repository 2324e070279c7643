package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"newsroom.example/cards/fonts"
)

// Degrees of a Finding.
const (
	Good = "ok"   // nothing to do
	Note = "note" // the service works, but something is not as it should be on a server
	Bad  = "bad"  // the service cannot work, or not for long
)

// Finding is what a check found out about a setup.
type Finding struct {
	Check  string `json:"check"`  // what was looked at, such as database
	Degree string `json:"degree"` // Good, Note or Bad
	Says   string `json:"says"`
	Do     string `json:"do,omitempty"` // what to do about it; empty if it is good
}

// Doctor are the checks of a setup, which a service may use meanwhile.
type Doctor struct {
	Config Config
	Photo  string // URL of a photo that the service should be able to fetch; empty: none is fetched
	// Ready asks the service at the public URL whether it is ready, and returns its clock, or zero if it has not sent it.
	Ready func(ctx context.Context, publicURL string) (clock time.Time, err error)
}

// checkTime is how long a check may take.
const checkTime = 10 * time.Second

// Examine runs all checks. It changes nothing but a file that it makes in each folder and removes again. Settings with
// which the service could not start are the only finding.
func (d Doctor) Examine(ctx context.Context) []Finding {
	if err := Check(d.Config); err != nil {
		return []Finding{{"settings", Bad, err.Error(), "mend the setting; cards config show says where it stands"}}
	}
	all := []Finding{{Check: "settings", Degree: Good, Says: "the service can start with them"}}
	for _, check := range []func(context.Context) []Finding{
		d.data, d.keys, d.database, d.pictures, d.fonts, d.machine, d.certificate, d.public, d.photo, d.kakao,
	} {
		within, cancel := context.WithTimeout(ctx, checkTime)
		all = append(all, check(within)...)
		cancel()
	}
	return all
}

func one(check, degree, says, do string) []Finding { return []Finding{{check, degree, says, do}} }

// data checks the data folder, and the disk that it is on.
func (d Doctor) data(context.Context) []Finding {
	const check = "data folder"
	dir := d.Config.Data
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return one(check, Note, dir+" does not exist yet", "the first start of cards serve makes it; for a service that runs, set --data to its folder")
	case err != nil:
		return one(check, Bad, err.Error(), "give the user of the service access to it")
	case !info.IsDir():
		return one(check, Bad, dir+" is no folder", "set --data to a folder")
	case info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows":
		says := fmt.Sprintf("other users may read %s (mode %04o)", dir, info.Mode().Perm())
		return append(one(check, Note, says, "run: chmod 700 "+dir), d.room(dir)...)
	}
	if err := writable(dir); err != nil {
		return one(check, Bad, err.Error(), "run cards doctor as the user of the service, or give that user the folder")
	}
	return append(one(check, Good, dir+" can be written", ""), d.room(dir)...)
}

// writable returns an error unless a file can be made in the folder.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// spareBytes is what a disk should have free in addition to the cards that may be cached on it.
const spareBytes = 1 << 30

// room checks the room on the disk of a folder.
func (d Doctor) room(dir string) []Finding {
	free, files, ok := freeOn(dir)
	if !ok {
		return nil
	}
	used := folderBytes(filepath.Join(dir, "pictures"))
	need := max(0, d.Config.CardCache-used) + spareBytes
	says := fmt.Sprintf("%s free on the disk of %s, and %d files", inGiB(free), dir, files)
	switch {
	case files < 10_000:
		return one("disk", Bad, says, "make room for more files: other folders of the disk have many small ones")
	case free < spareBytes:
		return one("disk", Bad, says, "make room: below 1 GiB the service soon refuses stories")
	case free < need:
		return one("disk", Note, says+"; the cache of cards may grow by more", "make room, or lower --card-cache")
	}
	return one("disk", Good, says, "")
}

func inGiB(bytes int64) string { return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30)) }

// folderBytes returns the bytes of the files in a folder and below it, as far as they can be seen.
func folderBytes(dir string) (sum int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil //nolint:nilerr // what cannot be seen is not counted
		}
		if info, err := e.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}

// keys checks the secrets.
func (d Doctor) keys(context.Context) []Finding {
	var all []Finding
	for _, s := range []struct{ check, file, flag string }{
		{"API token", TokenFile, d.Config.Token}, {"signing key", SigningKeyFile, strings.Join(d.Config.SigningKeys, "")},
	} {
		switch _, err := ReadSecret(d.Config.Data, s.file); {
		case s.flag != "":
			all = append(all, Finding{Check: s.check, Degree: Good, Says: "set by a setting"})
		case errors.Is(err, fs.ErrNotExist):
			all = append(all, Finding{s.check, Note, "there is none yet",
				"the first start of cards serve makes one; replicas need the same one, by a setting"})
		case err != nil:
			all = append(all, Finding{s.check, Bad, err.Error(), "mend the file, or make a new secret: docs/access.md"})
		default:
			all = append(all, Finding{Check: s.check, Degree: Good, Says: "in the data folder, for its owner alone"})
		}
	}
	return all
}

// scripts are graphemes of the scripts that newsrooms write in, by the language whose forms are wanted.
var scripts = []struct{ name, lang, sample string }{
	{"Latin", "en", "Aé"}, {"Cyrillic", "ru", "Жя"}, {"Greek", "el", "Ωλ"}, {"Korean", "ko", "가힣"},
	{"Japanese", "ja", "あ漢"},
	{"simplified Chinese", "zh-Hans", "汉语"}, {"traditional Chinese", "zh-Hant", "漢語"}, {"Arabic", "ar", "عل"},
	{"Hebrew", "he", "אב"},
	{"Devanagari", "hi", "कह"}, {"Thai", "th", "กข"}, {"Bengali", "bn", "কখ"}, {"Tamil", "ta", "கங"},
	{"Georgian", "ka", "აბ"},
	{"Armenian", "hy", "Աբ"}, {"Vietnamese", "vi", "ữặ"},
}

// fonts checks which scripts can be drawn.
func (d Doctor) fonts(context.Context) []Finding {
	set, err := Fonts(d.Config.Fonts)
	if err != nil {
		return one("fonts", Bad, err.Error(), "mend the folder of --fonts")
	}
	var lacks []string
	for _, s := range scripts {
		for _, r := range s.sample {
			if _, ok := set.For([]rune{r}, fonts.Face{}, s.lang); !ok {
				lacks = append(lacks, s.name)
				break
			}
		}
	}
	says := fmt.Sprintf("%d families; %d of %d scripts can be drawn", len(set.Families()), len(scripts)-len(lacks), len(scripts))
	if len(lacks) == 0 {
		return one("fonts", Good, says, "")
	}
	return one("fonts", Note, says+"; "+strings.Join(lacks, ", ")+" cannot",
		"if you publish in them, put fonts into a folder and set --fonts to it")
}

// Limits of a machine below which a service is better not run.
const (
	spareFiles  = 1024 // open at once, in addition to two for each connection
	leastMemory = 512 << 20
)

// machine checks the limits that the system sets.
func (d Doctor) machine(context.Context) []Finding {
	var all []Finding
	if files, ok := openFiles(); ok {
		f := Finding{Check: "open files", Degree: Good, Says: fmt.Sprintf("%d at once", files)}
		most, _ := d.Config.bounds()
		if need := 2*most + spareFiles; files < uint64(need) {
			f.Degree, f.Do = Note, fmt.Sprintf("allow %d: LimitNOFILE of systemd, ulimit -n of a shell", need)
		}
		all = append(all, f)
	}
	if memory, ok := memoryLimit(); ok {
		f := Finding{Check: "memory", Degree: Good, Says: fmt.Sprintf("%d MiB for this process", memory>>20)}
		if memory < leastMemory {
			f.Degree, f.Do = Note, "allow 512 MiB, or set GOMEMLIMIT to three fifths of what there is: docs/deploy.md"
		}
		all = append(all, f)
	}
	return all
}

// soon is how long before its end a certificate should have been renewed.
const soon = 14 * 24 * time.Hour

// certificate checks when the certificate ends.
func (d Doctor) certificate(context.Context) []Finding {
	const check = "certificate"
	switch files, err := d.Config.TLS.files(); {
	case err != nil:
		return one(check, Bad, err.Error(), "mend the files of --tls-cert and --tls-key")
	case files != nil:
		left := time.Until(files.Ends())
		says := "ends on " + files.Ends().UTC().Format(time.DateOnly)
		switch {
		case left < 0:
			return one(check, Bad, says, "renew it now: browsers and crawlers refuse it")
		case left < soon:
			return one(check, Note, says, "see why it has not been renewed")
		}
		return one(check, Good, says, "")
	case len(d.Config.TLS.Domains) > 0:
		return one(check, Good, "from the authority "+cmp.Or(d.Config.TLS.Directory, "Let's Encrypt"), "")
	}
	return nil
}
