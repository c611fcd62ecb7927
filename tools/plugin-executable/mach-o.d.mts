export function signAdHoc(program: Buffer): Buffer;
export function signatureFault(program: Buffer): string | undefined;
