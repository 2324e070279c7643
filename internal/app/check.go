package app

import (
	"strings"

	"newsroom.example/cards/internal/blob/s3"
	"newsroom.example/cards/internal/store/postgres"
)

// Check returns the first error, a *SettingError, with which New would refuse the settings. It opens no port, no
// database and no bucket, and writes nothing.
func Check(c Config) error {
	if err := c.validate(); err != nil {
		return err
	}
	if len(c.SigningKeys) > 0 {
		if _, err := Signer(c.SigningKeys); err != nil {
			return err
		}
	}
	if c.PublicURL != "" {
		if _, err := PublicPrefix(c.PublicURL); err != nil {
			return err
		}
	}
	if _, err := c.fetcher(c.PublicURL, nil); err != nil {
		return err
	}
	if _, err := c.TLS.files(); err != nil {
		return err
	}
	if err := c.checkStores(); err != nil {
		return err
	}
	set, err := Fonts(c.Fonts)
	if err != nil {
		return err
	}
	_, err = Designs(c.Themes, set)
	return err
}

// checkStores checks the addresses of the database and of the pictures.
func (c Config) checkStores() error {
	if postgres.IsURL(c.Database) {
		if err := postgres.CheckURL(c.Database); err != nil {
			return settingf("database", "%v", err)
		}
	} else if _, err := SQLiteFile(c.Database, c.Data); err != nil {
		return err
	}
	if !strings.HasPrefix(c.Pictures, "s3://") {
		_, err := storagePath("pictures", c.Pictures, "file", "")
		return err
	}
	if _, err := s3.Parse(c.Pictures); err != nil {
		return settingf("pictures", "%v", err)
	}
	return nil
}
