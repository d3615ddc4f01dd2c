output "bucket_name" {
  description = "S3_BUCKET of the app."
  value       = aws_s3_bucket.images.id
}

output "tag_images" {
  description = "TAG_IMAGES of the app: its images carry the tags that the rule of unpicked_days looks for."
  value       = var.unpicked_days == null ? "off" : "on"
}

output "policy_arn" {
  description = "Attach this policy to the role or the user of the app."
  value       = aws_iam_policy.app.arn
}
