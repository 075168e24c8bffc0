import { basename } from 'node:path';
import type { Finding, Inspection } from '../../document/index.js';
import { type Box, boxCorners } from '../../geometry/index.js';
import type { Raster } from '../../photo/index.js';
import { squareAround } from '../crop.js';
import { showControls } from '../escape.js';
import type { ReportPictures } from '../reportPictures.js';
import { KIND_WORDS, placeWords } from '../words.js';
import type { PageData, PageFinding, Unjudged } from './browser/types.js';
import { type Cut, cutCrops } from './cutCrops.js';
import { type LaidOut, layOut } from './laidOut.js';
import { makeOverview } from './overview.js';
import { mergePlaces, type Region } from './regions.js';

/** A crop shows the finding in this many times its own size, and at least so many pixels of the frame. */
const CONTEXT = 3;
const LEAST_CONTEXT = 96;

/** Id of the golden photo's image where it stands beside a photo that could not be laid onto it. */
export const REFUSED_ID = 'i-beside';

/** What a page shows, and the pictures for it. */
export interface Gathered {
  data: PageData;
  /** Image elements: where they lie in the frame, and the data URIs that hold them. */
  images: { id: string; place: Box; uri: string }[];
  /** For each finding, how its crops were cut. */
  grades: Cut['grades'];
  laidOut: LaidOut;
}

/** Gathers what the page of one photo shows. Text comes out as it can be shown, control characters made visible. */
export async function gather(inspection: Inspection, pictures: ReportPictures): Promise<Gathered> {
  const laidOut = layOut(inspection);
  const whole = { x: 0, y: 0, width: laidOut.width, height: laidOut.height };
  const golden = laidOut.of === 'reference' ? pictures.golden : null;
  const places = inspection.findings.map((finding) => laidOut.placeOf(finding));
  const squares = places.map((place) => place && squareAround(place, CONTEXT, LEAST_CONTEXT, laidOut));
  const regions = mergePlaces(squares);
  const [photoOverview, goldenOverview, cut] = await Promise.all([
    makeOverview(
      'i-photo-0',
      pictures.photo,
      laidOut,
      laidOut.of === 'reference' ? laidOut.toPhoto : undefined,
    ),
    golden && makeOverview('i-golden', golden, laidOut),
    cutCrops(regions, {
      ...{ photo: pictures.photo, golden, density: laidOut.density },
      // Where several findings share a crop, it lies as the strongest of them wants it.
      toPhoto: ({ findings }: Region) => laidOut.toPhotoAt(inspection.findings[findings[0]!]!),
    }),
  ]);
  const { uri: photoUri, ...picture } = photoOverview;
  const images = [{ id: picture.id, place: whole, uri: photoUri }];
  if (goldenOverview) images.push({ id: goldenOverview.id, place: whole, uri: goldenOverview.uri });
  if (pictures.golden && !golden) images.push(await besideRefused(pictures.golden));
  images.push(...cut.crops);
  const regionOf = new Map(
    regions.flatMap(({ findings }, k) => findings.map((index) => [index, k] as const)),
  );
  const imageOf = (index: number, what: number | 'golden') => {
    const id = `i-${regionOf.get(index)}-${what}`;
    if (cut.crops.some((crop) => crop.id === id)) return id;
    return what === 'golden' ? (goldenOverview?.id ?? null) : picture.id;
  };
  return {
    laidOut,
    images,
    grades: inspection.findings.map((_, k) => cut.grades[regionOf.get(k) ?? -1] ?? 'none'),
    data: {
      frame: { width: laidOut.width, height: laidOut.height, of: laidOut.of },
      golden: goldenOverview && pick(goldenOverview),
      photos: [{ name: showControls(basename(inspection.photo.path) || 'photo'), picture }],
      crops: cut.crops.map(({ uri: _, ...crop }) => crop),
      findings: inspection.findings.map((finding, k) => ({
        ...described(finding, k),
        ...{ place: places[k]!, square: squares[k]! },
        golden: squares[k] ? imageOf(k, 'golden') : null,
        picture: squares[k] ? imageOf(k, 0) : null,
      })),
      sites: matchingSites(inspection, pictures.sites ?? []),
      notJudged: laidOut.of === 'reference' ? unjudged(inspection) : [],
    },
  };
}

/** The golden photo beside one that could not be laid onto it. */
async function besideRefused(golden: Raster): Promise<Gathered['images'][0]> {
  const { width, height } = golden;
  const { id, uri } = await makeOverview(REFUSED_ID, golden, golden);
  return { id, place: { x: 0, y: 0, width, height }, uri };
}

function pick({ id, width, height, mean }: PageData['photos'][0]['picture']) {
  return { id, width, height, mean };
}

function described(
  { id, kind, score, label, site, explanation, box, referenceBox }: Finding,
  k: number,
): Omit<PageFinding, 'place' | 'square' | 'golden' | 'picture'> {
  return {
    ...{ id, name: showControls(id), number: k + 1, photo: 0, kind, words: KIND_WORDS[kind], score },
    label: label === null ? null : showControls(label),
    site: site === null ? null : showControls(site),
    explanation: showControls(explanation),
    inPhoto: box && placeWords(box),
    inReference: referenceBox && placeWords(referenceBox),
  };
}

function matchingSites(
  { sites }: Inspection,
  known: NonNullable<ReportPictures['sites']>,
): PageData['sites'] {
  const boxes = new Map(known.map(({ id, box }) => [id, box]));
  return sites.flatMap(({ id, label, verdict }) => {
    const box = boxes.get(id);
    return verdict === 'matches' && box
      ? [{ id: showControls(id), label: label === null ? null : showControls(label), box: { ...box } }]
      : [];
  });
}

function unjudged({ coverage }: Inspection): Unjudged[] {
  return coverage.notJudged.map(({ reason, referenceBox, box, advice }) => ({
    photo: 0,
    reason,
    polygon: boxCorners(referenceBox).map(([x, y]) => [Math.round(x), Math.round(y)] as const),
    place: referenceBox,
    words: `${advice} ${placeWords(box)}`,
  }));
}
