/** A phrase of the AI list as articles write it. */
export interface Phrase {
  text: string;
  /** Relative frequency; the head is heavy. */
  weight: number;
  /** Entries of the 214 keywords that the phrase satisfies, in the list's spelling. */
  matches: string[];
  /** Whether a plural s makes sense. */
  countable: boolean;
}

const phrase = (text: string, weight: number, matches: string[] = [text], countable = false): Phrase => ({
  text,
  weight,
  matches,
  countable,
});
const thing = (text: string, weight: number, matches: string[] = [text]): Phrase => phrase(text, weight, matches, true);

/** About forty of the 214 keywords (OECD 2020/05), hard-coded because the simulator imports nothing of ours. */
export const phrases: readonly Phrase[] = [
  thing('neural network', 16),
  phrase('machine learning', 15),
  thing('robot', 10),
  phrase('cluster analysis', 8),
  phrase('deep learning', 12),
  phrase('artificial intelligence', 8),
  thing('random forest', 5),
  thing('convolutional neural network', 7, ['convolutional neural network', 'neural network']),
  thing('support vector machine', 6, ['support vector machine', 'vector machine']),
  thing('artificial neural network', 4, ['artificial neural network', 'neural network']),
  phrase('feature selection', 3),
  phrase('image segmentation', 3),
  thing('decision tree', 3),
  phrase('natural language processing', 3),
  thing('hidden Markov model', 2, ['hidden markov model']),
  thing('genetic algorithm', 3),
  phrase('reinforcement learning', 3),
  phrase('data mining', 3),
  phrase('pattern recognition', 3),
  phrase('computer vision', 2),
  phrase('image processing', 3),
  phrase('independent component analysis', 2),
  phrase('hierarchical clustering', 3),
  phrase('k-means', 2),
  thing('Bayesian network', 2, ['bayesian network']),
  phrase('fuzzy logic', 1),
  phrase('text mining', 1),
  phrase('transfer learning', 2),
  phrase('unsupervised learning', 1),
  phrase('semi-supervised learning', 1, ['semi-supervised learning', 'supervised learning']),
  phrase('supervised learning', 1),
  phrase('gradient boosting', 2),
  phrase('XGBoost', 2, ['xgboost']),
  thing('autoencoder', 1),
  thing('generative adversarial network', 1, ['generative adversarial network', 'adversarial network']),
  phrase('LSTM', 1, ['long short term memory (lstm)']),
  phrase('long short-term memory', 1, ['long short term memory (lstm)']),
  phrase('particle swarm optimization', 1, ['particle swarm optimisation', 'swarm optimisation']),
  thing('brain-computer interface', 2, ['brain computer interface']),
  phrase('human-robot interaction', 1, ['human-robot interaction', 'robot']),
  thing('self-organizing map', 1, ['self-organising map']),
  thing('recommender system', 1),
  phrase('naïve Bayes classifier', 1, ['naïve bayes classifier']),
  phrase('dimensionality reduction', 1),
];

/** Biomedical words; none of the 214 keywords, and none of the words of the therapy filter, can arise from them. */
export const words = {
  disease: [
    'glioma',
    'sepsis',
    'type 2 diabetes',
    'heart failure',
    'breast carcinoma',
    'asthma',
    'epilepsy',
    'schizophrenia',
    'stroke',
    'chronic kidney disease',
    'hepatitis C',
    'tuberculosis',
    'melanoma',
    'osteoarthritis',
    'glaucoma',
    'preterm birth',
    'Parkinson disease',
    'malaria',
    'obesity',
    'lung adenocarcinoma',
    'depression',
    'atrial fibrillation',
    'multiple sclerosis',
    'leukaemia',
    'colorectal carcinoma',
    'diabetic retinopathy',
    'pneumonia',
    'dementia',
    'anaemia',
    'rheumatoid arthritis',
    'Sjögren syndrome',
    'Ménière disease',
  ],
  measure: [
    'serum creatinine',
    'gene expression',
    'bone density',
    'tumour volume',
    'cortical thickness',
    'blood pressure',
    'protein folding',
    'lesion size',
    'sleep quality',
    'gait speed',
    'cell viability',
    'membrane potential',
    'plasma glucose',
    'ejection fraction',
    'white matter integrity',
    'antibody titre',
    'allele frequency',
    'wound healing',
    'reaction time',
    'enzyme activity',
  ],
  outcome: [
    'mortality',
    'readmission',
    'disease progression',
    'treatment response',
    'relapse',
    'survival',
    'length of stay',
    'functional recovery',
    'symptom burden',
    'adverse events',
  ],
  design: ['cohort', 'cross-sectional', 'longitudinal', 'retrospective', 'pilot', 'multicentre'],
  invented: ['neurotaxin', 'hepatomirase', 'cardioplexin', 'osteovirene', 'glycomutase', 'dermatolide', 'pulmozaxine', 'cytofoldin'],
} as const;

/** Sentences of any article; `{…}` is drawn from the word lists, `{n}` is a number. All are XML markup. */
export const sentences: readonly string[] = [
  'The aim of this study was to examine {measure} in patients with {disease}.',
  'We measured {measure} in {n} participants and compared it with that of the reference group.',
  'There was an association between {measure} and {outcome} (P &lt; 0.05).',
  'In the {design} part of the work, {n} of the patients with {disease} were followed for {n} months.',
  'The concentration of {invented} was {n} ± {m} μmol/l before the intervention and fell thereafter.',
  'It is not known how far {outcome} in {disease} depends on {measure}.',
  'These findings are in line with what has been reported for {disease} in other cohorts.',
  'The median age of the patients was {m} years, and about half of them were women.',
  'After adjustment for age and sex, {measure} was related to {outcome} in a dose–dependent way.',
  'Isolates of <i>Escherichia coli</i> were kept at 37 °C, and CO<sub>2</sub> was held at 5 %.',
  'We conclude that {measure} should be considered when {outcome} is to be predicted.',
  'The effect on {outcome} was small (95\u00a0% CI 0.{n} to 1.{n}), and it did not differ between the centres.',
  'Further work is needed to learn whether {invented} has a role in {disease}.',
  'Both the {measure} and the {outcome} were worse in those who had been treated late.',
  'Earlier trials had not looked at {measure}.',
  'This has consequences for clinical practice in {disease}.',
];

/** Sentences that carry a keyword, `{kw}`. */
export const keywordSentences: readonly string[] = [
  'We used {kw} to predict {outcome} from {measure}.',
  'The approach was based on {kw} and was tested in {n} patients with {disease}.',
  'With {kw}, the area under the curve for {outcome} rose to 0.{n}.',
  'Results of {kw} were compared with the judgement of {m} physicians.',
];

export const keywordTitles: readonly string[] = [
  '{kw} for {measure} in {disease}',
  'Predicting {outcome} in {disease} with {kw}: a {design} study',
  'Use of {kw} to assess {measure} and {outcome} in patients with {disease}',
  'A synthetic study of {kw} in {disease}',
];

export const titles: readonly string[] = [
  '{measure} and {outcome} in {disease}',
  'Effect of {invented} on {measure} in patients with {disease}',
  '{outcome} after treatment of {disease}: a {design} study',
  'Synthetic observations on {measure} in {disease}',
];

/** What makes a text clinical under the broad therapy filter: clinical and trial as words, or a word that begins with random. */
export const clinicalSentences: readonly string[] = [
  'Patients were randomly assigned to usual care or to the new protocol.',
  'This clinical trial enrolled {n} patients with {disease} at {m} sites.',
  'In a randomised controlled comparison, {n} patients received {invented}.',
  'The trial was stopped early, since the clinical benefit in {disease} was plain.',
];
