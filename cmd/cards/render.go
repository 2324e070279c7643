package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/render"
)

type renderCommand struct {
	Headline   string   `required:"" help:"The headline."`
	Caption    string   `help:"The caption."`
	Credit     string   `help:"The photo's agency or photographer."`
	Byline     string   `help:"The author."`
	Kicker     string   `help:"The section."`
	Site       string   `help:"The publication."`
	Lang       string   `help:"Language, such as en or ko. Default: detected from the text."`
	Badge      string   `help:"breaking, live, exclusive, opinion, update, or a short text."`
	Date       string   `placeholder:"YYYY-MM-DD" help:"Date of publication."`
	Photo      string   `placeholder:"FILE|URL" help:"File or URL of the photo."`
	Focal      string   `placeholder:"X,Y" help:"Focal point of the photo, in fractions from the top left. Default: detected."`
	Template   string   `help:"photo, split, text or quote. Default: photo with a photo, else text."`
	Theme      string   `help:"Name of the theme."`
	Size       string   `help:"og, twitter, kakao, square, portrait, story or WxH." default:"og"`
	FontStep   int      `help:"Makes the headline larger or smaller by steps, -2 to 2."`
	TextFormat string   `placeholder:"html|text" help:"How the texts are written. Default: decided for each, with a warning if it is decoded."`
	PhotoAllow []string `placeholder:"HOST[:PORT]" help:"Private host (HOST, .SUFFIX, IP address or CIDR) from which the photo may be fetched on ports 80 and 443; HOST:PORT allows one more port. Repeatable."`
	Out        string   `short:"o" placeholder:"FILE" help:"Output file; the extension (.jpg or .png) selects the format; - is standard output."`
	Plan       bool     `help:"Print the layout as JSON instead of rendering the card."`
	Checks     bool     `help:"Print the warnings as JSON instead of rendering the card, as the API answers them."`

	fontSettings
	themeSettings
}

func (c renderCommand) Run(ctx context.Context, std stdio) error {
	subject, html, err := c.card()
	if err != nil {
		return usagef("%s", flagsOf(err))
	}
	format, err := c.format()
	if err != nil {
		return err
	}
	set, err := c.fontSet()
	if err != nil {
		return err
	}
	designs, err := c.designs(set)
	if err != nil {
		return err
	}
	renderer := render.New(set, designs.Current)
	if c.Photo != "" {
		subject.Photo.URL = "upload:"
	}
	if err := renderer.Check(subject); err != nil {
		return usagef("%s", flagsOf(err))
	}
	found := storyOfCard(subject, html)
	if found.PhotoUnused = c.Photo != "" && !renderer.ShowsPhoto(subject); found.PhotoUnused {
		c.Photo = ""
	}
	return c.withPhoto(ctx, std, renderer.Paper(subject), func(upright render.Photo) error {
		switch {
		case c.Checks:
			checks, err := checksInSizes(ctx, found, renderer, subject, upright)
			if err != nil {
				return err
			}
			return printJSON(std, checksAnswer{Warnings: checks})
		case c.Plan:
			plan, err := renderer.Plan(ctx, subject, upright)
			if err != nil {
				return err
			}
			return errors.Join(warn(std, found, plan, upright), printJSON(std, plan))
		}
		drawing, err := renderer.Draw(ctx, subject, upright)
		if err != nil {
			return err
		}
		defer drawing.Release()
		var out bytes.Buffer
		if err := drawing.Encode(&out, render.Encoding{Format: format, MaxBytes: render.MaxPhotoBytes}); err != nil {
			return err
		}
		if err := warn(std, found, drawing.Plan, upright); err != nil {
			return err
		}
		return writeOut(std, c.Out, out.Bytes())
	})
}

func printJSON(std stdio, v any) error {
	enc := json.NewEncoder(std.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// card returns the card for the flags, and the names of the fields whose text it decodes from HTML.
func (c renderCommand) card() (normal card.Card, html []string, err error) {
	var f card.Fields
	size, err := card.ParseSize(c.Size)
	f.Check("size", err)
	subject := card.Card{
		Headline: c.Headline, Caption: c.Caption, Credit: c.Credit, Byline: c.Byline, Kicker: c.Kicker,
		Site: c.Site, Lang: c.Lang, Badge: c.Badge, Date: c.Date, Template: c.Template, Theme: c.Theme,
		Size: size, FontStep: c.FontStep, TextFormat: card.TextFormat(c.TextFormat),
	}
	if c.Focal != "" {
		focal, err := card.ParseFocal(c.Focal)
		f.Check("focal", err)
		subject.Photo.Focal = &focal
	}
	if isURL(c.Photo) {
		f.Check("photo", card.CheckPhotoURL(weburl.CleanAs(subject.TextFormat, c.Photo)))
	}
	if err := f.Err(); err != nil {
		return card.Card{}, nil, err
	}
	html = subject.HTMLFields()
	if isURL(c.Photo) && c.TextFormat == "" && weburl.IsHTML(c.Photo) {
		html = append(html, "photo.url")
	}
	normal, err = subject.Normalize()
	normal.Photo.Focal = subject.Photo.Focal
	return normal, html, err
}

// format returns the format for the extension of --out.
func (c renderCommand) format() (render.Format, error) {
	switch {
	case (c.Plan || c.Checks) && c.Out == "":
		return "", nil
	case c.Out == "":
		return "", usagef("--out: is required: a file, or - for standard output")
	case c.Photo == "":
		return formatOf(c.Out, render.PNG)
	}
	return formatOf(c.Out, render.JPEG)
}

// formatOf returns the format for a file's extension, or piped for standard output.
func formatOf(out string, piped render.Format) (render.Format, error) {
	switch ending := strings.ToLower(filepath.Ext(out)); {
	case out == "-":
		return piped, nil
	case ending == ".jpg", ending == ".jpeg":
		return render.JPEG, nil
	case ending == ".png":
		return render.PNG, nil
	}
	return "", usagef("--out: %q must end in .jpg or .png", out)
}

// withPhoto calls use with the upright photo, or with nil if there is none. It prints a warning if the photo
// is incomplete.
func (c renderCommand) withPhoto(ctx context.Context, std stdio, paper color.Color,
	use func(render.Photo) error) error {
	if c.Photo == "" {
		return use(nil)
	}
	data, err := c.photoBytes(ctx)
	if err != nil {
		return fmt.Errorf("--photo: %w", err)
	}
	opened := func(p *photo.Photo) error {
		err := use(p)
		if err == nil && p.Cut() {
			fmt.Fprintln(std.err, "cards: warning: the photo's file is incomplete; the card shows the part that could be read")
		}
		return err
	}
	return photo.NewDecoder(photo.DefaultDecodeBytes).Decode(ctx, data, paper, opened)
}

func (c renderCommand) photoBytes(ctx context.Context) ([]byte, error) {
	if !isURL(c.Photo) {
		return os.ReadFile(c.Photo)
	}
	o := fetch.DefaultOptions()
	o.Allow, o.Agent = splitEnv(c.PhotoAllow), "cards/"+buildVersion()
	o.Format = photos.Format{}
	fetcher, err := fetch.New(o)
	if err != nil {
		return nil, usagef("--photo-allow: %v", err)
	}
	return fetcher.MediaBytes(ctx, weburl.CleanAs(card.TextFormat(c.TextFormat), c.Photo))
}

// writeOut writes a picture to a file, or to standard output if out is "-".
func writeOut(std stdio, out string, data []byte) error {
	if out == "-" {
		_, err := std.out.Write(data)
		return err
	}
	return os.WriteFile(out, data, 0o644)
}

func isURL(s string) bool { return strings.Contains(s, "://") }

// flagsOf returns the message of err with the names of flags instead of fields.
func flagsOf(err error) string {
	var all []string
	for _, fe := range card.FieldErrors(err) {
		all = append(all, "--"+strings.ReplaceAll(fe.Field, "_", "-")+": "+fe.Problem)
	}
	if len(all) == 0 {
		return oneLine(err)
	}
	return strings.Join(all, "; ")
}
