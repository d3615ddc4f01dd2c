interface Feelings {
  positive: readonly string[];
  negative: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);

const listed: Record<string, Feelings> = {
  en: {
    positive:
      words(`good great love loved lovely happy excellent amazing wonderful best beautiful proud excited thrilled
      fantastic delighted enjoy enjoyed thanks thank awesome perfect nice glad fun win won celebrate celebrating success
      successful congratulations joy brilliant grateful`),
    negative:
      words(`bad terrible awful hate hated sad angry worst broken failed failure horrible disappointed disappointing
      slow ugly sorry problem problems lost losing pain wrong annoying outage unfortunately crash crashed bug fear afraid
      frustrated poor`),
  },
  es: {
    positive: words(
      'bueno buena bien genial excelente feliz amor encanta maravilloso mejor gracias hermoso orgullosos alegría éxito perfecto',
    ),
    negative: words(
      'malo mala mal terrible horrible triste peor odio enfadado error problema fracaso roto lento decepcionado miedo',
    ),
  },
  fr: {
    positive: words(
      'bon bonne bien génial excellent heureux heureuse merveilleux meilleur adore aime merci beau belle fiers joie succès parfait',
    ),
    negative: words(
      'mauvais mauvaise mal terrible horrible triste pire déteste erreur problème échec cassé lent déçu peur colère',
    ),
  },
  de: {
    positive: words(
      'gut gute toll großartig wunderbar glücklich freude freuen liebe beste danke schön stolz erfolg perfekt ausgezeichnet',
    ),
    negative: words(
      'schlecht schrecklich furchtbar traurig schlimm schlimmste hasse fehler problem kaputt langsam enttäuscht angst wütend leider',
    ),
  },
  it: {
    positive: words(
      'buono buona bene ottimo eccellente felice meraviglioso migliore adoro amo grazie bello bella fieri gioia successo perfetto',
    ),
    negative: words(
      'cattivo male terribile orribile triste peggiore odio errore problema fallimento rotto lento deluso paura arrabbiato',
    ),
  },
  pt: {
    positive: words(
      'bom boa bem ótimo excelente feliz maravilhoso melhor adoro amo obrigado obrigada bonito orgulhosos alegria sucesso perfeito',
    ),
    negative: words(
      'mau ruim mal terrível horrível triste pior odeio erro problema fracasso quebrado lento decepcionado medo raiva',
    ),
  },
  ja: {
    positive: words('嬉しい うれしい 楽しい 素晴らしい 最高 良い よい 好き ありがとう 美しい 成功 幸せ おめでとう'),
    negative: words('悲しい 悪い ひどい 最悪 嫌い 失敗 残念 問題 遅い 怖い 壊れ'),
  },
  ko: {
    positive: words('좋은 좋아 최고 행복 기쁜 기쁩니다 훌륭 멋진 사랑 감사 아름다운 성공 축하'),
    negative: words('나쁜 슬픈 최악 끔찍 싫어 실패 문제 고장 느린 실망 무서운'),
  },
  zh: {
    positive: words('好 很棒 高兴 高興 快乐 快樂 喜欢 喜歡 美丽 美麗 成功 最好 谢谢 謝謝 优秀 優秀 恭喜 幸福'),
    negative: words('坏 壞 糟糕 难过 難過 悲伤 悲傷 讨厌 討厭 失败 失敗 最差 问题 問題 可怕 失望 慢'),
  },
  ar: {
    positive: words('جيد رائع سعيد سعداء ممتاز جميل أفضل حب شكرا نجاح فرح'),
    negative: words('سيء حزين فظيع أسوأ كره فشل مشكلة بطيء خوف غاضب'),
  },
  hi: {
    positive: words('अच्छा अच्छी बढ़िया खुश शानदार सुंदर प्यार धन्यवाद सफल सफलता सर्वश्रेष्ठ'),
    negative: words('बुरा बुरी खराब दुखी भयानक नफरत असफल समस्या धीमा डर'),
  },
};

const emoji: Feelings = {
  positive: ['🎉', '😀', '😍', '❤', '👍', '🥳', '🚀'],
  negative: ['😢', '😡', '👎', '💔', '😞'],
};

export function feelings(language: string): Feelings {
  const found = listed[language === 'zh-TW' ? 'zh' : language];
  return {
    positive: [...(found?.positive ?? []), ...emoji.positive],
    negative: [...(found?.negative ?? []), ...emoji.negative],
  };
}
