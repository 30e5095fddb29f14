import type { HubFakePaper } from '../fakes/hugging-face-server.ts';

/** A day at Hugging Face, made up. */
export const PAPERS_OF_THE_DAY: readonly HubFakePaper[] = [
  {
    id: '2611.00101',
    title: 'LanternAgent: Planning with Small Language Model Agents',
    summary:
      'Language model agents plan slowly when every step needs a large model. We present LanternAgent, an agent of 3 billion parameters that plans with a short list of tools. On a benchmark of 400 household tasks LanternAgent solves 71% of them, 12 points more than an agent of four times its size. Its plans are half as long.',
    upvotes: 84,
    authors: [{ name: 'Mira Holt' }, { name: 'Jonas Berg' }],
    organization: { name: 'example-labs', fullname: 'Example Labs' },
  },
  {
    id: '2611.00102',
    title: 'ToolBook: Agents that Write Down How Tools Work',
    summary:
      'Tool-using language model agents forget how a tool behaved. We introduce ToolBook, a memory in which agents write down what each tool returned and why it failed. With ToolBook agents repeat 58% fewer failed tool calls on three public benchmarks. The notes can be read and corrected by people.',
    upvotes: 41,
    authors: [{ name: 'Aiko Tanaka' }, { name: 'Pedro Lima' }, { name: 'Sara Noor' }],
  },
  {
    id: '2611.00103',
    title: 'Quiet Diffusion: Sampling Images in Four Steps',
    summary:
      'Diffusion models need many steps to sample an image. We propose Quiet Diffusion, which distills a text-to-image diffusion model into one that samples in four steps. It keeps 97% of the image quality of its teacher at a ninth of the time.',
    upvotes: 63,
    authors: [{ name: 'Lena Okafor' }],
    organization: { name: 'north-vision', fullname: 'North Vision Group' },
  },
  {
    id: '2611.00104',
    title: 'Diffusion Models that Count: Exact Numbers of Objects in Images',
    summary:
      'Text-to-image diffusion models draw the wrong number of objects. We show that a small loss on attention maps teaches a diffusion model to count up to twelve. The number of objects is right in 88% of the images, compared with 46% before.',
    upvotes: 22,
    authors: [{ name: 'Tomas Vrba' }, { name: 'Ines Paz' }],
  },
  {
    id: '2611.00105',
    title: 'Who Watches the Agents? An Audit of Web Agents',
    summary:
      'Web agents act for people without being watched. We audit eleven web agents on 250 tasks with hidden traps and find that nine of them can be misled by text in a page. A simple guard that reads each action before it is done stops 83% of the harmful actions.',
    upvotes: 35,
    authors: [{ name: 'Ruth Adler' }],
  },
  {
    id: '2611.00106',
    title: 'Soil Moisture from Satellite Radar with Tiny Networks',
    summary:
      'Farmers need maps of soil moisture every day. We train networks of 40 thousand parameters that estimate soil moisture from satellite radar. Their error is 4% on fields of three continents.',
    upvotes: 9,
    authors: [{ name: 'Noah Brandt' }],
  },
  {
    id: '2611.00107',
    title: 'A Chess Engine that Explains its Sacrifices',
    summary:
      'Chess engines play well and explain nothing. We combine a search with a language model that explains sacrifices in plain words. Club players rate 76% of the explanations as helpful.',
    upvotes: 17,
    authors: [{ name: 'Olga Simic' }],
  },
];
