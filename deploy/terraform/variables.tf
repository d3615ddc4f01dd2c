variable "bucket_name" {
  description = "Name of the private bucket, S3_BUCKET of the app."
  type        = string
}

variable "policy_name" {
  description = "Name of the policy with the app's rights."
  type        = string
  default     = "imagine"
}

variable "bedrock_region" {
  description = "Region of the image models, BEDROCK_REGION of the app."
  type        = string
  default     = "us-west-2"
}

variable "image_operations" {
  description = "Users may work from images. Set it to false with IMAGE_OPERATIONS=none."
  type        = bool
  default     = true
}

variable "write_prompts" {
  description = "The default PROMPT_MODEL writes prompts. Set it to false if PROMPT_MODEL is off or another model."
  type        = bool
  default     = true
}

variable "model_arns" {
  description = "ARNs of models besides those in ../policy.json: for another PROMPT_MODEL or a retired IMAGE_MODEL, the model's in each Region and its inference profile's."
  type        = list(string)
  default     = []
}

variable "read_posts" {
  description = "Comprehend reads posts. Set it to false with POST_ANALYSIS=off."
  type        = bool
  default     = true
}

variable "guardrail_arn" {
  description = "ARN of the guardrail that checks prompts, if GUARDRAIL_ID is set."
  type        = string
  default     = null
}

variable "doctor" {
  description = "The doctor runs with these rights too, and asks Bedrock about the model."
  type        = bool
  default     = true
}

variable "unpicked_days" {
  description = "Images that were not chosen are deleted after so many days. Set TAG_IMAGES of the app to the output tag_images. null keeps all."
  type        = number
  default     = null

  validation {
    condition     = var.unpicked_days == null ? true : var.unpicked_days >= 1 && floor(var.unpicked_days) == var.unpicked_days
    error_message = "Set a whole number of days, or null to keep all images."
  }
}

variable "tags" {
  description = "Tags of the bucket and the policy."
  type        = map(string)
  default     = {}
}
