"""Runs a Pulumi program in Python, told by the environment what the run is, as programs in Go are."""

import asyncio
import logging
import os
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

try:
    import pulumi
    import pulumi.runtime
except ImportError as error:
    sys.exit(f"It looks like the Pulumi SDK has not been installed: {error}. Have you run pip install?")

# The host adds nothing to an error that was told already.
ALREADY_REPORTED = 32


def main() -> int:
    program, *arguments = sys.argv[1:]
    parallel = int(os.environ["PULUMI_PARALLEL"])
    pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            monitor=os.environ["PULUMI_MONITOR"],
            engine=os.environ["PULUMI_ENGINE"],
            project=os.environ["PULUMI_PROJECT"],
            stack=os.environ["PULUMI_STACK"],
            parallel=parallel,
            dry_run=os.environ["PULUMI_DRY_RUN"] == "true",
            organization=os.environ["PULUMI_ORGANIZATION"],
            root_directory=os.environ["PULUMI_ROOT_DIRECTORY"],
        )
    )
    sys.argv = [program, *arguments]
    # A failed program leaves work unfinished, and asyncio would list it.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    with ThreadPoolExecutor(max_workers=max(parallel, 1) * 4) as executor:
        loop.set_default_executor(executor)
        try:
            loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: runpy.run_path(program, run_name="__main__")))
        except pulumi.RunError as error:
            pulumi.log.error(str(error))
            return 1
        except Exception:
            pulumi.log.error(f"Program failed with an unhandled exception:\n{traceback.format_exc()}")
            return ALREADY_REPORTED
    return 0


sys.exit(main())
