"""Words that hurt the people they name, in each language the toolkit speaks, and what to say.

Drawn from the sense of what is agreed in public guidance on language in mental
health, dependence, disability and suicide: people first, no diagnosis as a
noun, suicide neither a crime nor a success. A word that a service of the
language uses in earnest (`personne handicapée`, 精神分裂症) is not here.
"""

from __future__ import annotations

_PERSON = "name the person first: a person with …"
_DEPENDENCE = "say: a person with dependence on …"
_SUICIDE = "say: died by suicide, suicide attempt"
_BLAME = "say what happened, without blame"

STIGMA: dict[str, dict[str, str]] = {
    "en": {
        _PERSON: "lunatic*; madman; madmen; insane; crazy; psycho; psychos; nutcase*; mad people; "
        "mentally ill people; the mentally ill; schizophrenic*; a psychotic; psychotics; "
        "manic-depressive*; retarded; handicapped; the disabled; cripple*; wheelchair-bound; "
        "confined to a wheelchair; senile; demented",
        _DEPENDENCE: "addict; addicts; junkie*; drug abuser*; substance abuser*; alcoholics; "
        "an alcoholic; drunkard*; druggie*",
        _SUICIDE: "commit* suicide; successful suicide*; failed suicide*; unsuccessful suicide*; "
        "completed suicide*; suicide was successful",
        _BLAME: "malinger*; drug-seeking; drug seeker*; attention seeker*; attention-seeking; "
        "time waster*; time-waster*; frequent flyer*; bed blocker*; heartsink*; faker*",
    },
    "es": {
        _PERSON: "loco; loca; locos; locas; demente; dementes; chiflad*; retrasado mental; "
        "retrasados mentales; retrasada mental; subnormal*; deficiente* mental*; perturbad*; "
        "enfermo mental; enferma mental; enfermos mentales; esquizofrénico; esquizofrénica; "
        "esquizofrénicos; esquizofrénicas; maniacodepresivo; maníaco-depresiv*; minusválid*; "
        "un discapacitado; una discapacitada; los discapacitados; tullid*; "
        "postrad* en silla de ruedas; confinad* a una silla de ruedas",
        _DEPENDENCE: "drogadict*; adicto; adicta; adictos; adictas; toxicóman*; yonqui*; "
        "un alcohólico; una alcohólica; los alcohólicos; borrach*",
        _SUICIDE: "comet* suicidio; comet* un suicidio; comet* el suicidio; suicidio exitoso; "
        "suicidio fallido; suicidio frustrado; suicidio logrado; intento fallido de suicidio",
        _BLAME: "simulador; simuladora; simuladores; paciente difícil; pacientes difíciles; "
        "histéric*; hipocondríac*; hipocondriac*; quejica*",
    },
    "fr": {
        _PERSON: "fou; fous; folle; folles; aliéné*; un dément; les déments; débile*; attardé*; "
        "arriéré*; malade mental; malade mentale; malades mentaux; malades mentales; "
        "schizophrène*; maniaco-dépressi*; un handicapé; une handicapée; les handicapés; "
        "cloué* dans un fauteuil; cloué* à un fauteuil; déséquilibré; déséquilibrés; détraqué*; "
        "sénile*",
        _DEPENDENCE: "toxicomane*; toxico; toxicos; drogué; drogués; droguée; droguées; junkie*; "
        "un alcoolique; une alcoolique; les alcooliques; ivrogne*",
        _SUICIDE: "commettre un suicide; commis un suicide; commet un suicide; suicide réussi; "
        "suicide raté; suicide manqué; tentative de suicide ratée; tentative de suicide échouée",
        _BLAME: "simulateur*; simulatrice*; hystérique*; cas social; cas sociaux; "
        "malade imaginaire; malades imaginaires; hypocondriaque*",
    },
    "ar": {
        _PERSON: "مجنون; مجنونة; مجانين; مختل عقليا; مختلة عقليا; مختلين عقليا; معتوه; معتوهين; "
        "مخبول; أبله; متخلف عقليا; متخلفة عقليا; متخلفين عقليا; معاق; معاقة; معاقين; معاقون; "
        "معوق; معوقين; منغولي; فصامي; فصاميين; أصحاب العاهات",
        _DEPENDENCE: "مدمن; مدمنة; مدمنون; مدمنين; سكير; سكيرين; حشاش; حشاشين",
        _SUICIDE: "ارتكب الانتحار; يرتكب الانتحار; ارتكاب الانتحار; ارتكبت الانتحار; انتحار ناجح; "
        "انتحار فاشل; محاولة انتحار فاشلة; محاولة انتحار ناجحة",
        _BLAME: "متمارض; متمارضة; متمارضين; هستيري; هستيرية; موسوس; موسوسة",
    },
    "uk": {
        _PERSON: "божевільн*; псих; психа; психи; психів; психічнохвор*; психічно хвор*; "
        "душевнохвор*; шизофренік; шизофреніка; шизофреніки; шизофреніків; шизофренічк*; "
        "недоумкуват*; розумово відстал*; олігофрен*; інвалід; інваліда; інваліди; інвалідів; "
        "інвалідам; каліка; каліки; калік; ненормальн*; прикут* до візка; "
        "прикут* до інвалідного візка; істеричк*",
        _DEPENDENCE: "наркоман; наркомана; наркоману; наркоманом; наркомани; наркоманів; "
        "наркоманам; наркоманка; алкоголік; алкоголіка; алкоголіку; алкоголіки; алкоголіків; "
        "алкоголікам; алкоголічк*; п’яниц*; пияк*",
        _SUICIDE: "ско* самогубств*; вчин* самогубств*; вдал* самогубств*; невдал* самогубств*; "
        "вдал* суїцид*; невдал* суїцид*; невдал* спроб* самогубства; самогубець; самогубці; "
        "самогубців; суїцидник*",
        _BLAME: "симулянт*; маніпулятор*; іпохондрик*; істеричн*",
    },
    "zh": {
        _PERSON: "疯子; 疯人; 发疯; 神经病; 精神病人; 变态; 弱智; 白痴; 智障; 傻子; 残废; 瘸子; "
        "精神分裂者; 精分; 老糊涂",
        _DEPENDENCE: "瘾君子; 酒鬼; 毒虫; 吸毒者; 吸毒人员; 酗酒者; 烟鬼",
        _SUICIDE: "自杀成功; 成功自杀; 自杀失败; 寻短见; 自杀得逞",
        _BLAME: "装病; 无病呻吟; 矫情; 歇斯底里; 没事找事",
    },
    "hi": {
        _PERSON: "पागल; पागलों; पागलपन; विक्षिप्त; विक्षिप्तों; मंदबुद्धि; मूर्ख; सनकी; अपाहिज; अपाहिजों; "
        "लंगड़ा; लंगड़े; अपंग; मानसिक रूप से विक्षिप्त; सिज़ोफ़्रेनिक",
        _DEPENDENCE: "नशेड़ी; नशेड़ियों; शराबी; शराबियों; नशाखोर; नशाखोरों; नशेबाज़; नशेबाज़ों; चरसी; गंजेड़ी; "
        "पियक्कड़; पियक्कड़ों",
        _SUICIDE: "आत्महत्या का अपराध; सफल आत्महत्या; असफल आत्महत्या; आत्महत्या में सफल; आत्महत्या में असफल",
        _BLAME: "ढोंगी; ढोंगियों; बहानेबाज़; बहानेबाज़ों; नाटकबाज़; वहमी; हिस्टीरिया",
    },
}
"""Language -> what to say instead -> the words as they stand, parted by `; `; a `*` stands for
the rest of a word."""
