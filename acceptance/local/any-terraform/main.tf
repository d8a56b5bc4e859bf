terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "workers" {
  type    = number
  default = 2
}

resource "aws_sqs_queue" "jobs" {
  count = var.workers
  name  = "jobs-${count.index}"
}

resource "aws_sns_topic" "events" {
  for_each = toset(["created", "deleted"])
  name     = "events-${each.key}"
}

module "logs" {
  source = "./bucket"
  name   = "any-terraform-logs"
  tags   = { Purpose = "logs" }
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "read_logs" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${module.logs.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = module.logs.id
  policy = data.aws_iam_policy_document.read_logs.json
}

data "aws_s3_bucket" "logs" {
  bucket = module.logs.id
}

output "account" {
  value = data.aws_caller_identity.current.account_id
}

output "bucket" {
  value = data.aws_s3_bucket.logs.arn
}

output "policy" {
  value = jsondecode(aws_s3_bucket_policy.logs.policy)
}

output "queues" {
  value = aws_sqs_queue.jobs[*].name
}

output "topics" {
  value = { for name, topic in aws_sns_topic.events : name => topic.arn }
}
