"""Finds the packages: all in kam_xl, and the two folders that stand beside it."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["kam_xl", "kam_xl.*"]), "kam_xl.templates", "kam_xl.hosts.vba.bas"])
