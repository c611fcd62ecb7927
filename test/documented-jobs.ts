import { parse } from "yaml";
import { blockOf } from "./documentation";

/** The jobs that docs/pipelines.md shows for a platform. */
export interface DocumentedJobs {
	/** The variables of all jobs. */
	variables: Record<string, string>;
	/** The commands of `pulumi` in each job. */
	commands: Record<"preview" | "up", string[]>;
	/** The variable by which the platform tells a scheduled run. */
	scheduledBy: string;
}

interface GitHubWorkflow {
	env: Record<string, string>;
	permissions: Record<string, string>;
	jobs: Record<"preview" | "up", GitHubJob>;
}

interface GitHubJob {
	if: string;
	environment: string;
	concurrency?: { group: string; "cancel-in-progress": boolean };
	steps: { run?: string; uses?: string; env?: Record<string, string> }[];
}

interface GitLabJob {
	rules: { if: string }[];
	environment?: string;
	resource_group?: string;
	interruptible?: boolean;
	script: string[];
}

/** The workflow for GitHub. */
export const gitHubWorkflow = parse(blockOf("docs/pipelines.md", "GitHub Actions", "jobs:").text) as GitHubWorkflow;

/** The pipeline for GitLab. */
export const gitLabPipeline = parse(blockOf("docs/pipelines.md", "GitLab CI", "script:").text) as Record<
	"preview" | "up",
	GitLabJob
> & { variables: Record<string, string> };

const ofPulumi = (commands: string[]) => commands.filter((command) => /\bpulumi (preview|up|refresh)\b/.test(command));
const commandsOf = ({ steps }: GitHubJob) => ofPulumi(steps.flatMap(({ run = "" }) => run.trim().split("\n")));

/** What the two have in common, by platform. */
export const documentedJobs: Record<"GitHub" | "GitLab", DocumentedJobs> = {
	GitHub: {
		variables: gitHubWorkflow.env,
		commands: { preview: commandsOf(gitHubWorkflow.jobs.preview), up: commandsOf(gitHubWorkflow.jobs.up) },
		scheduledBy: "GITHUB_EVENT_NAME",
	},
	GitLab: {
		variables: gitLabPipeline.variables,
		commands: { preview: ofPulumi(gitLabPipeline.preview.script), up: ofPulumi(gitLabPipeline.up.script) },
		scheduledBy: "CI_PIPELINE_SOURCE",
	},
};
