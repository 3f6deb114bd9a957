// What is bundled that is not TypeScript.

declare module "*.rq" {
  const text: string;
  export default text;
}
