/**
 * Actions of the Agent's ECS integration.
 * @see https://docs.datadoghq.com/containers/amazon_ecs/#setup
 */
export const TASK_ACTIONS = [
  "ec2:DescribeInstances",
  "ec2:DescribeTags",
  "ecs:DescribeContainerInstances",
  "ecs:DescribeTasks",
  "ecs:ListClusters",
  "ecs:ListContainerInstances",
  "ecs:ListTasks",
];

/**
 * Actions that ECS Exec needs in the container.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export const EXECUTE_COMMAND_ACTIONS = [
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

/**
 * The services through which ECS reads environment files, secrets and parameters, as patterns for `kms:ViaService`. The
 * region can differ from the task's, and the DNS suffix depends on the partition.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const DECRYPTING_SERVICES = ["s3.*", "secretsmanager.*", "ssm.*"];
