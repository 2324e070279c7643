package text

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// vocabulary holds the short words of a language that make good or bad line breaks.
type vocabulary struct {
	leaning      map[string]bool // belong to the next word: a line should not end with one
	trailing     map[string]bool // belong to the previous word: a line should not begin with one
	conjunctions map[string]bool // begin a clause: a line may well begin with one
}

// vocabularies are the vocabularies by primary language subtag.
var vocabularies = map[string]vocabulary{
	"en": {
		leaning: set("a", "an", "the", "of", "to", "in", "on", "at", "for", "by", "with", "from", "as", "and", "or",
			"but", "nor",
			"is", "are", "was", "were", "be", "not", "no", "its", "his", "her", "their", "our", "my", "your", "than", "into",
			"over", "under", "after", "before", "between", "amid", "per", "vs", "via"),
		conjunctions: set("and", "but", "or", "as", "while", "after", "before", "amid", "because", "though",
			"although", "despite",
			"when", "where", "which", "who"),
	},
	"de": {
		leaning: set("der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "zu",
			"im", "in", "am",
			"an", "von", "vom", "mit", "für", "auf", "bei", "nach", "aus", "um", "nicht", "kein", "keine", "zum", "zur"),
		conjunctions: set("und", "aber", "doch", "weil", "während", "oder", "als", "dass", "wenn", "nachdem", "bevor"),
	},
	"fr": {
		leaning: set("le", "la", "les", "un", "une", "des", "de", "du", "et", "ou", "à", "en", "au", "aux", "pour", "par",
			"sur", "dans",
			"avec", "sans", "ne", "ce", "cette", "ses", "son", "sa"),
		conjunctions: set("et", "mais", "quand", "car", "ou", "après", "avant", "alors", "qui"),
	},
	"es": {
		leaning: set("el", "la", "los", "las", "un", "una", "y", "o", "de", "del", "a", "al", "con", "por", "para", "en",
			"se", "su", "sus",
			"sin", "no", "que"),
		conjunctions: set("y", "pero", "mientras", "o", "que", "cuando", "tras", "porque"),
	},
	"pt": {
		leaning: set("o", "a", "os", "as", "um", "uma", "e", "ou", "de", "do", "da", "dos", "das", "em", "no", "na", "com",
			"por", "para",
			"ao", "se", "sem", "não", "que"),
		conjunctions: set("e", "mas", "enquanto", "ou", "que", "quando", "após", "porque"),
	},
	"it": {
		leaning: set("il", "lo", "la", "i", "gli", "le", "un", "una", "e", "o", "di", "del", "della", "dei", "a", "al", "in",
			"nel", "con",
			"per", "su", "da", "si", "non", "che"),
		conjunctions: set("e", "ma", "mentre", "o", "che", "quando", "dopo", "perché"),
	},
	"nl": {
		leaning: set("de", "het", "een", "en", "of", "van", "in", "op", "aan", "met", "voor", "bij", "naar", "uit", "te",
			"niet", "geen"),
		conjunctions: set("en", "maar", "want", "terwijl", "of", "als", "omdat", "nadat", "dat"),
	},
	"ru": {
		leaning: set("и", "в", "во", "на", "с", "со", "к", "о", "об", "от", "до", "из", "у", "за", "по", "не", "при",
			"для", "под", "над"),
		conjunctions: set("и", "а", "но", "когда", "что", "если", "после", "пока"),
		trailing:     set("ли", "же", "бы"),
	},
	"uk": {
		leaning: set("і", "й", "та", "в", "у", "на", "з", "із", "до", "від", "за", "по", "не", "про", "для", "під",
			"над", "при"),
		conjunctions: set("і", "та", "а", "але", "коли", "що", "якщо", "після"),
	},
	"vi": {
		leaning: set("và", "của", "ở", "cho", "với", "từ", "các", "những", "một", "không", "sẽ", "đã", "đang", "bị",
			"được", "tại", "về"),
		conjunctions: set("và", "nhưng", "khi", "sau", "trước", "vì", "nếu", "để"),
	},
	"ar": {
		leaning: set("في", "من", "على", "إلى", "عن", "مع", "أن", "إن", "لا", "ما", "لم", "لن", "هذا", "هذه", "بين",
			"بعد", "قبل", "كل"),
		conjunctions: set("بعد", "قبل", "لكن", "بينما", "عندما", "حتى"),
	},
	"he": {
		leaning:      set("של", "את", "על", "אל", "עם", "לא", "כל", "בין", "אחרי", "לפני"),
		conjunctions: set("כי", "אבל", "אחרי", "לפני", "כאשר", "אך"),
	},
	"hi": {
		conjunctions: set("और", "लेकिन", "क्योंकि", "जब", "पर"),
		trailing:     set("का", "के", "की", "को", "में", "से", "ने", "तक", "है", "हैं"),
	},
	"ko": {conjunctions: set("및", "그리고", "하지만", "그러나", "그래도", "또는")}, // determiners are handled as glue
}

// determiners are Korean words of one or two syllables that belong to the next word.
var determiners = set(
	"한", "두", "세", "네", "다섯", "여섯", "단", "첫", "이", "그", "저", "각", "매", "전", "총", "약", "제", "새", "옛",
	"모든", "어떤", "무슨", "이런", "그런", "저런", "몇", "여러", "및", "또", "더", "안", "못", "왜", "큰", "신", "구",
)

// titles end in a full stop that does not end a sentence.
var titles = set("mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "gen.", "sen.", "rep.", "gov.", "lt.", "col.", "sgt.",
	"rev.", "hon.", "mt.", "ft.", "vs.", "no.", "nr.", "mme.")
