package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/render"
)

// cardFlags describe a card: as flags, and in a line of --batch as fields of the same names.
type cardFlags struct {
	Headline   string            `json:"headline" help:"The headline."`
	Deck       string            `json:"deck" help:"The sentence below the headline."`
	Caption    string            `json:"caption" help:"The caption of the photo."`
	Credit     string            `json:"credit" help:"The photo's agency or photographer."`
	Byline     string            `json:"byline" help:"The author."`
	Kicker     string            `json:"kicker" help:"The section."`
	Site       string            `json:"site" help:"The publication."`
	Lang       string            `json:"lang" help:"Language, such as en or ko. Default: detected from the text."`
	Badge      string            `json:"badge" help:"breaking, live, exclusive, opinion, update, or a short text."`
	Date       string            `json:"date" placeholder:"YYYY-MM-DD" help:"Date of publication."`
	Time       string            `json:"time" placeholder:"HH:MM" help:"Time of publication."`
	Kind       string            `json:"kind" help:"news, opinion, analysis, live or paid."`
	Speaker    string            `json:"speaker" help:"Who says the words of the headline, if it is a quotation."`
	Role       string            `json:"speaker_role" name:"speaker-role" help:"Who the speaker is, such as an office."`
	Fields     map[string]string `json:"fields" placeholder:"NAME=TEXT" help:"Your own short texts for your own templates."`
	Photo      string            `json:"photo" placeholder:"FILE|URL" help:"File or URL of the photo."`
	Focal      string            `json:"focal" placeholder:"X,Y" help:"Focal point of the photo, in fractions from the top left. Default: detected."`
	Portrait   string            `json:"portrait" placeholder:"FILE|URL" help:"File or URL of a portrait of the author or the speaker, for templates with a place for it."`
	Face       string            `json:"portrait_focal" name:"portrait-focal" placeholder:"X,Y" help:"Focal point of the portrait. Default: its face."`
	Template   string            `json:"template" help:"Name of the template, such as photo, split, text or quote. Default: the one that suits what the story has."`
	Theme      string            `json:"theme" help:"Name of the theme."`
	Size       string            `json:"size" help:"og, twitter, kakao, square, portrait, story or WxH." default:"og"`
	FontStep   int               `json:"font_step" help:"Makes the headline larger or smaller by steps, -2 to 2."`
	TextFormat string            `json:"text_format" placeholder:"html|text" help:"How the texts are written. Default: decided for each, with a warning if it is decoded."`
	Out        string            `json:"out" short:"o" placeholder:"FILE" help:"Output file; the extension (.jpg or .png) selects the format; - is standard output."`
}

type renderCommand struct {
	cardFlags
	PhotoAllow []string `placeholder:"HOST[:PORT]" help:"Private host (HOST, .SUFFIX, IP address or CIDR) from which the photo may be fetched on ports 80 and 443; HOST:PORT allows one more port. Repeatable."`
	Plan       bool     `help:"Print the layout as JSON instead of rendering the card."`
	Checks     bool     `help:"Print the warnings as JSON instead of rendering the card, as the API answers them."`
	Batch      string   `placeholder:"FILE" help:"Render a card for each line of the file, a JSON object with the flags as fields (headline, font_step, out ...); - is standard input. The other flags are the defaults of all lines."`
	OutDir     string   `placeholder:"DIR" default:"." help:"Folder for the files of --batch; it is created."`

	fontSettings
	themeSettings
}

func (c renderCommand) Run(ctx context.Context, std stdio) error {
	switch {
	case c.Batch != "":
		return c.runBatch(ctx, std)
	case c.Headline == "":
		return usagef("--headline: is required")
	}
	format, err := c.format()
	if err != nil {
		return err
	}
	s, err := c.studio()
	if err != nil {
		return err
	}
	return s.open(ctx, std, c.cardFlags, func(o openedCard) error {
		switch {
		case c.Checks:
			checks, err := checksInSizes(ctx, o.story, s.renderer, o.card, o.photo, o.portrait)
			if err != nil {
				return err
			}
			return printJSON(std, checksAnswer{Warnings: checks})
		case c.Plan:
			plan, err := s.renderer.Plan(ctx, o.card, o.photo, o.portrait)
			if err != nil {
				return err
			}
			return errors.Join(warn(std, o.story, plan, o.photo, plannedCodes...), printJSON(std, plan))
		}
		data, err := s.draw(ctx, std, o, format)
		if err != nil {
			return err
		}
		return writeOut(std, c.Out, data)
	})
}

func printJSON(std stdio, v any) error {
	enc := json.NewEncoder(std.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// card returns the card for the flags, and the names of the fields whose text it decodes from HTML.
func (c cardFlags) card() (normal card.Card, html []string, err error) {
	var f card.Fields
	size, err := card.ParseSize(c.Size)
	f.Check("size", err)
	subject := card.Card{
		Headline: c.Headline, Caption: c.Caption, Credit: c.Credit, Byline: c.Byline, Kicker: c.Kicker,
		Site: c.Site, Lang: c.Lang, Badge: c.Badge, Date: c.Date, Template: c.Template, Theme: c.Theme,
		Deck: c.Deck, Time: c.Time, Kind: c.Kind, Speaker: c.Speaker, SpeakerRole: c.Role, Fields: c.Fields,
		Size: size, FontStep: c.FontStep, TextFormat: card.TextFormat(c.TextFormat),
	}
	if c.Focal != "" {
		focal, err := card.ParseFocal(c.Focal)
		f.Check("focal", err)
		subject.Photo.Focal = &focal
	}
	if c.Face != "" {
		focal, err := card.ParseFocal(c.Face)
		f.Check("portrait_focal", err)
		subject.Portrait.Focal = &focal
	}
	for field, picture := range map[string]string{"photo": c.Photo, "portrait": c.Portrait} {
		if isURL(picture) {
			f.Check(field, card.CheckPhotoURL(weburl.CleanAs(subject.TextFormat, picture)))
		}
	}
	if err := f.Err(); err != nil {
		return card.Card{}, nil, err
	}
	html = subject.HTMLFields()
	if isURL(c.Photo) && c.TextFormat == "" && weburl.IsHTML(c.Photo) {
		html = append(html, "photo.url")
	}
	if isURL(c.Portrait) && c.TextFormat == "" && weburl.IsHTML(c.Portrait) {
		html = append(html, "portrait.url")
	}
	normal, err = subject.Normalize()
	normal.Photo.Focal, normal.Portrait.Focal = subject.Photo.Focal, subject.Portrait.Focal
	return normal, html, err
}

// format returns the format for the extension of --out.
func (c renderCommand) format() (render.Format, error) {
	switch {
	case (c.Plan || c.Checks) && c.Out == "":
		return "", nil
	case c.Out == "":
		return "", usagef("--out: is required: a file, or - for standard output")
	case c.Photo == "" && c.Portrait == "":
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
