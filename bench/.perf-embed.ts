import { openLocalModel } from '/work/main/src/llm/local-model.ts';
import { createLocalEmbedder } from '/work/main/src/llm/local-embedder.ts';
import { meanPool } from '/work/main/src/llm/pooling.ts';
import { AutoModel, Tensor } from '@huggingface/transformers';
import { InferenceSession, Tensor as T2 } from 'onnxruntime-node';
import { readFileSync } from 'node:fs';
const folder='/work/main/data/models/footnote-minilm';
const corpus = readFileSync('/work/main/data/eval/modern/corpus.jsonl','utf8').split('\n').slice(0,150).map(l=>JSON.parse(l));
const m = await openLocalModel(folder);
const tk = m.tokeniser();
const inputs = corpus.map(c=>({title:c.title, sentences:c.text.split(/(?<=\.) /)}));
const ids = inputs.map(i=>[tk.cls,...[i.title+'.',...i.sentences].flatMap(p=>[...tk.tokenise(p)]).slice(0,510),tk.sep]);
console.log('mean tokens', ids.reduce((s,x)=>s+x.length,0)/ids.length);
const session = await InferenceSession.create(folder+'/onnx/model_quantized.onnx');
const feeds = ids.map(x=>({input_ids:new T2('int64',BigInt64Array.from(x,BigInt),[1,x.length]),attention_mask:new T2('int64',new BigInt64Array(x.length).fill(1n),[1,x.length]),token_type_ids:new T2('int64',new BigInt64Array(x.length),[1,x.length])}));
const model = await AutoModel.from_pretrained(folder,{dtype:'q8',device:'cpu',local_files_only:true});
const emb = await createLocalEmbedder(folder);
const t = async (f)=>{const s=performance.now(); const c=process.cpuUsage(); await f(); const u=process.cpuUsage(c); return [performance.now()-s,(u.user+u.system)/1000]};
const hid = [];
const S = {
 tokenise: async()=>{for(const i of inputs) for(const p of [i.title,...i.sentences]) tk.tokenise(p)},
 bare: async()=>{for(const f of feeds){ await session.run(f)}},
 autoModel: async()=>{for(const x of ids){const shape=[1,x.length]; const o=await model({input_ids:new Tensor('int64',BigInt64Array.from(x,BigInt),shape),attention_mask:new Tensor('int64',new BigInt64Array(x.length).fill(1n),shape),token_type_ids:new Tensor('int64',new BigInt64Array(x.length),shape)}); o.last_hidden_state.dispose()}},
 forward: async()=>{for(const x of ids) await m.forward(x)},
 fromCopy: async()=>{const a=new Float32Array(220*384); for(const x of ids) Float32Array.from(a)},
 newCopy: async()=>{const a=new Float32Array(220*384); for(const x of ids) new Float32Array(a)},
 pool: async()=>{for(const x of ids){const a=new Float32Array(x.length*384); meanPool(a,384,{start:0,end:x.length}); meanPool(a,384,{start:0,end:x.length});}},
 embedTexts: async()=>{await emb.embedTexts(inputs)},
};
for (const k of Object.keys(S)) await S[k]();
const r={}; for(let i=0;i<5;i++) for(const k of Object.keys(S)) (r[k]??=[]).push(await t(S[k]));
for(const k of Object.keys(S)){const med=(j)=>r[k].map(x=>x[j]).sort((a,b)=>a-b)[2]; console.log(k.padEnd(12),(med(0)/ids.length).toFixed(3),'ms/doc cpu',(med(1)/ids.length).toFixed(3))}
