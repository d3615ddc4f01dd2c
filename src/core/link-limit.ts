/** Most characters of a link that an image is shown or opened by: https://docs.slack.dev/reference/block-kit/blocks/image-block */
export const linkLimit = 3000;
