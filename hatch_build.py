"""The wheel's build hook: bundles the front end first, so that installing from the repository needs no other tool.

While a wheel is built the package itself cannot be imported, so the builder is loaded by its path.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the configuration's type open
    """Runs `courseware/web/build.py` before the files of the wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Make what is out of date. Raises what the builder raises, and the build stops."""
        path = Path(self.root) / "courseware" / "web" / "build.py"
        spec = spec_from_file_location("courseware_web_build", path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        module.build()
