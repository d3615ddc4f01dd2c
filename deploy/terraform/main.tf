data "aws_caller_identity" "current" {}

locals {
  # Statements of ../policy.json that these settings do not need.
  left_out = concat(
    var.image_operations ? [] : ["WorkFromImages"],
    var.read_posts ? [] : ["ReadPosts"],
    var.write_prompts ? [] : ["WritePrompts"],
    var.guardrail_arn == null ? ["CheckPrompts"] : [],
    var.unpicked_days == null ? ["TagImages"] : [],
    var.doctor ? [] : ["DoctorAsksAboutLifecycle", "DoctorAsksAboutModels"],
  )

  # The one policy that this module, the CDK stack and docs/setup.md share.
  policy = jsondecode(templatefile("${path.module}/../policy.json", {
    account        = data.aws_caller_identity.current.account_id
    bucket         = var.bucket_name # not the resource, so that the first plan shows the policy
    bedrock_region = var.bedrock_region
    guardrail_arn  = var.guardrail_arn == null ? "" : var.guardrail_arn
  }))
}

resource "aws_s3_bucket" "images" {
  bucket = var.bucket_name
  tags   = var.tags
}

resource "aws_s3_bucket_public_access_block" "images" {
  bucket = aws_s3_bucket.images.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "images" {
  bucket = aws_s3_bucket.images.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "images" {
  bucket = aws_s3_bucket.images.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "images" {
  bucket = aws_s3_bucket.images.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for sid, condition in {
      TlsOnly   = { Bool = { "aws:SecureTransport" = "false" } }
      RecentTls = { NumericLessThan = { "s3:TlsVersion" = 1.2 } }
      } : {
      Sid       = sid
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.images.arn, "${aws_s3_bucket.images.arn}/*"]
      Condition = condition
    }]
  })

  # Otherwise S3 may refuse one of the two, while it applies the other.
  depends_on = [aws_s3_bucket_public_access_block.images]
}

resource "aws_s3_bucket_lifecycle_configuration" "images" {
  bucket = aws_s3_bucket.images.id

  rule {
    id     = "abort-incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  dynamic "rule" {
    for_each = var.unpicked_days == null ? [] : [var.unpicked_days]

    content {
      id     = "expire-unpicked-images"
      status = "Enabled"

      filter {
        tag {
          key   = "imagine"
          value = "unpicked"
        }
      }

      expiration {
        days = rule.value
      }
    }
  }
}

resource "aws_iam_policy" "app" {
  name        = var.policy_name
  description = "What Imagine may do: its bucket, its models, and what its settings need."
  tags        = var.tags

  policy = jsonencode({
    Version = local.policy.Version
    Statement = concat(
      [for statement in local.policy.Statement : statement if !contains(local.left_out, statement.Sid)],
      [for arns in [var.model_arns] : {
        Sid      = "UseFurtherModels"
        Effect   = "Allow"
        Action   = "bedrock:InvokeModel"
        Resource = arns
      } if length(arns) > 0],
    )
  })

  lifecycle {
    precondition {
      condition     = !var.write_prompts || contains(["us-east-1", "us-east-2", "us-west-2"], var.bedrock_region)
      error_message = "The default of PROMPT_MODEL cannot be called from this bedrock_region. Set PROMPT_MODEL to off or to another model, and write_prompts to false."
    }
  }
}
