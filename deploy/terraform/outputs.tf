output "bucket_name" {
  description = "S3_BUCKET of the app."
  value       = aws_s3_bucket.images.id
}

output "policy_arn" {
  description = "Attach this policy to the role or the user of the app."
  value       = aws_iam_policy.app.arn
}
