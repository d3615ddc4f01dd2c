/** As an act carries them: bytes in base64. */
export function encodeFiles(files: Iterable<File>): Promise<{ name: string; content: string }[]> {
  return Promise.all([...files].map(async (file) => ({ name: file.name, content: await readBase64(file) })));
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, '')); // after `data:image/png;base64,`
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
