package studio

import "newsroom.example/cards/internal/web"

// languages are the languages that the form offers by their own names, those of the most newspapers first. A story in
// another one keeps its own.
var languages = []web.Option{
	{Value: "", Label: "Automatic"}, {Value: "en", Label: "English"}, {Value: "ko", Label: "한국어"},
	{Value: "ja", Label: "日本語"}, {Value: "zh-Hans", Label: "简体中文"}, {Value: "zh-Hant", Label: "繁體中文"},
	{Value: "ar", Label: "العربية"}, {Value: "bn", Label: "বাংলা"}, {Value: "bg", Label: "Български"},
	{Value: "ca", Label: "Català"}, {Value: "cs", Label: "Čeština"}, {Value: "da", Label: "Dansk"},
	{Value: "de", Label: "Deutsch"}, {Value: "el", Label: "Ελληνικά"}, {Value: "es", Label: "Español"},
	{Value: "et", Label: "Eesti"}, {Value: "fa", Label: "فارسی"}, {Value: "fi", Label: "Suomi"},
	{Value: "fil", Label: "Filipino"}, {Value: "fr", Label: "Français"}, {Value: "he", Label: "עברית"},
	{Value: "hi", Label: "हिन्दी"}, {Value: "hr", Label: "Hrvatski"}, {Value: "hu", Label: "Magyar"},
	{Value: "id", Label: "Bahasa Indonesia"}, {Value: "it", Label: "Italiano"}, {Value: "lt", Label: "Lietuvių"},
	{Value: "lv", Label: "Latviešu"}, {Value: "mn", Label: "Монгол"}, {Value: "ms", Label: "Bahasa Melayu"},
	{Value: "nb", Label: "Norsk bokmål"}, {Value: "nl", Label: "Nederlands"}, {Value: "pl", Label: "Polski"},
	{Value: "pt", Label: "Português"}, {Value: "ro", Label: "Română"}, {Value: "ru", Label: "Русский"},
	{Value: "sk", Label: "Slovenčina"}, {Value: "sl", Label: "Slovenščina"}, {Value: "sr", Label: "Српски"},
	{Value: "sv", Label: "Svenska"}, {Value: "ta", Label: "தமிழ்"}, {Value: "th", Label: "ไทย"},
	{Value: "tr", Label: "Türkçe"}, {Value: "uk", Label: "Українська"}, {Value: "ur", Label: "اردو"},
	{Value: "vi", Label: "Tiếng Việt"},
}
